using System.Globalization;
using System.Text.Json;

namespace MiniRun.Cli.Output.Templates.Values;

/// <summary>JSON as template values, and template values as JSON.</summary>
internal static class JsonValues
{
    /// <summary>A document of `inspect`: what its nulls and objects are in docker's types decides how they print.</summary>
    internal static TemplateValue Read(JsonElement document) => Read(document, "", "");

    /// <summary>Writes a value as Go's encoding/json would; the members of objects keep their order.</summary>
    internal static void Write(Utf8JsonWriter json, TemplateValue value)
    {
        switch (value)
        {
            case TemplateValue.Boolean boolean:
                json.WriteBooleanValue(boolean.Value);
                break;
            case TemplateValue.Integer integer:
                json.WriteRawValue(integer.Value.ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            case TemplateValue.Fraction fraction:
                json.WriteRawValue(fraction.Value.ToString("R", CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            case TemplateValue.Text text:
                json.WriteStringValue(text.Value);
                break;
            case TemplateValue.List list:
                json.WriteStartArray();
                foreach (TemplateValue item in list.Items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case TemplateValue.Map map:
                WriteMembers(json, map);
                break;
            case TemplateValue.Row row:
                WriteMembers(json, row.ToMap());
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    private static void WriteMembers(Utf8JsonWriter json, TemplateValue.Map map)
    {
        json.WriteStartObject();
        foreach (KeyValuePair<string, TemplateValue> member in map.IsStruct ? map.Members : map.Sorted())
        {
            json.WritePropertyName(member.Key);
            Write(json, member.Value);
        }

        json.WriteEndObject();
    }

    private static TemplateValue Read(JsonElement element, string parent, string name) => element.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => new TemplateValue.Boolean(element.GetBoolean()),
        JsonValueKind.Number => Number(element),
        JsonValueKind.String => new TemplateValue.Text(element.GetString()!),
        JsonValueKind.Array => new TemplateValue.List([.. element.EnumerateArray().Select(item => Read(item, parent, ""))]),
        JsonValueKind.Object => Members(element, parent, name),
        _ => DockerTypes.Null(parent, name),
    };

    private static TemplateValue.Map Members(JsonElement element, string parent, string name)
    {
        bool isStruct = !DockerTypes.IsMap(parent, name);
        List<KeyValuePair<string, TemplateValue>> members = [];
        foreach (JsonProperty member in element.EnumerateObject())
        {
            // What stands in a map has a name of the user's, which says nothing of its type: its type is that of the map's elements.
            members.Add(KeyValuePair.Create(member.Name, isStruct ? Read(member.Value, name, member.Name) : Read(member.Value, name, DockerTypes.Element)));
        }

        return new TemplateValue.Map(members) { IsStruct = isStruct, Omitted = member => isStruct ? DockerTypes.Omitted(name, member) : null };
    }

    private static TemplateValue Number(JsonElement number) => Int128.TryParse(number.GetRawText(), CultureInfo.InvariantCulture, out Int128 whole)
        ? new TemplateValue.Integer(whole)
        : new TemplateValue.Fraction(number.GetDouble());
}
