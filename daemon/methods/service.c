/* org.varlink.service: what every Varlink service says of itself
 * (https://varlink.org/Service). */
#include <stdlib.h>
#include <string.h>

#include "methods/methods.h"
#include "wire/varlink.h"

static const char service_interface[] = "org.varlink.service";

void
service_get_info(struct call *c)
{
	json_t *o = json_object(), *interfaces = json_array();

	if (json_object_size(c->parameters) > 0) {
		call_error(c, VARLINK_INVALID_PARAMETER, json_pack("{s:s}",
		    "parameter", json_object_iter_key(
		    json_object_iter(c->parameters))));
		json_decref(o);
		json_decref(interfaces);
		return;
	}
	json_array_append_new(interfaces, json_string(service_interface));
	json_array_append_new(interfaces, json_string(RAPPORT_INTERFACE));
	json_object_set_new(o, "vendor", json_string("rapport"));
	json_object_set_new(o, "product", json_string("rapportd"));
	json_object_set_new(o, "version", json_string(RAPPORT_VERSION));
	json_object_set_new(o, "url", json_string("man:rapportctl(1)"));
	json_object_set_new(o, "interfaces", interfaces);
	call_reply(c, o, false, false);
}

/* The one parameter, or NULL with the name of the one that is wrong. */
static const char *
interface_parameter(const json_t *parameters, const char **wrong)
{
	const char *key;
	json_t *value;

	*wrong = "interface";
	json_object_foreach((json_t *)parameters, key, value)
		if (strcmp(key, "interface") != 0) {
			*wrong = key;
			return NULL;
		}
	return json_string_value(json_object_get(parameters, "interface"));
}

void
service_get_interface_description(struct call *c)
{
	const char *wrong;
	const char *name = interface_parameter(c->parameters, &wrong);
	char *text;

	if (name == NULL)
		call_error(c, VARLINK_INVALID_PARAMETER,
		    json_pack("{s:s}", "parameter", wrong));
	else if (strcmp(name, service_interface) == 0)
		call_reply(c, json_pack("{s:s}", "description",
		    varlink_service_interface), false, false);
	else if (strcmp(name, RAPPORT_INTERFACE) == 0) {
		text = command_interface();
		call_reply(c, json_pack("{s:s}", "description", text), false,
		    false);
		free(text);
	} else
		call_error(c, VARLINK_INTERFACE_NOT_FOUND,
		    json_pack("{s:s}", "interface", name));
}
