using System.Text.Json.Nodes;

namespace MiniRun.Runtime.Tests.Spec;

/// <summary>The published JSON schema, where there is a copy, names nothing that the reader and writer leave out.</summary>
public sealed class SchemaTests
{
    [SchemaFact]
    public void Every_member_the_schema_names_for_Linux_is_in_the_document_with_everything()
    {
        JsonNode document = JsonNode.Parse(Config.File("everything.json"))!;
        List<string> missing = [];
        Compare(Schema("config-schema.json"), "config-schema.json", document, "", missing);

        // Windows has a user name, a command line for a whole process, and its own sections.
        Assert.Equal(["freebsd", "process.commandLine", "process.user.username", "solaris", "vm", "windows", "zos"], missing.Order(StringComparer.Ordinal));
    }

    private static void Compare(JsonNode schema, string file, JsonNode? document, string path, List<string> missing)
    {
        if (schema["$ref"] is { } reference)
        {
            string[] parts = reference.GetValue<string>().Split('#');
            string next = parts[0].Length == 0 ? file : parts[0];
            JsonNode target = Schema(next);
            foreach (string step in parts[1].Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                target = target[step]!;
            }

            Compare(target, next, document, path, missing);
        }

        foreach (JsonNode? part in (schema["allOf"] as JsonArray ?? []).Concat(schema["anyOf"] as JsonArray ?? []))
        {
            Compare(part!, file, document, path, missing);
        }

        CompareMembers(schema, file, document, path, missing);
    }

    private static void CompareMembers(JsonNode schema, string file, JsonNode? document, string path, List<string> missing)
    {
        if (schema["items"] is { } items && document is JsonArray { Count: > 0 } list)
        {
            Compare(items, file, list[0], $"{path}[0]", missing);
        }

        if (schema["additionalProperties"] is JsonObject values && document is JsonObject { Count: > 0 } map)
        {
            Compare(values, file, map.First().Value, $"{path}.*", missing);
        }

        foreach ((string name, JsonNode? member) in schema["properties"] as JsonObject ?? [])
        {
            string memberPath = path.Length == 0 ? name : $"{path}.{name}";
            JsonNode? value = (document as JsonObject)?[name];
            if (value is null)
            {
                missing.Add(memberPath);
            }
            else
            {
                Compare(member!, file, value, memberPath, missing);
            }
        }
    }

    private static JsonNode Schema(string name) => JsonNode.Parse(File.ReadAllText(SchemaFactAttribute.PathOf(name)))!;
}
