using System.Globalization;
using System.Text.Json.Nodes;

namespace MiniRun.Conformance.Tests.Harness;

/// <summary>Changes of a config.json at a path as `process.rlimits.0.type`; `-` is a new last entry of an array.</summary>
internal static class ConfigPath
{
    /// <summary>Sets a property, given as JSON; what is missing above it is made.</summary>
    public static OciBundle With(this OciBundle bundle, string path, string json)
    {
        string[] names = path.Split('.');
        JsonNode node = bundle.Config;
        for (int i = 0; i < names.Length - 1; i++)
        {
            node = Below(node, names[i]) ?? Add(node, names[i], names[i + 1] is "-" or "0" ? new JsonArray() : new JsonObject());
        }

        Add(node, names[^1], JsonNode.Parse(json));
        return bundle;
    }

    public static OciBundle Without(this OciBundle bundle, string path)
    {
        string[] names = path.Split('.');
        JsonNode? node = bundle.Config;
        foreach (string name in names[..^1])
        {
            node = Below(node!, name);
        }

        Assert.True(node!.AsObject().Remove(names[^1]), $"{path} is not there");
        return bundle;
    }

    /// <summary>Leaves out the entry of linux.namespaces with the type.</summary>
    public static OciBundle WithoutNamespace(this OciBundle bundle, string type)
    {
        JsonArray namespaces = bundle.Linux["namespaces"]!.AsArray();
        foreach (JsonNode? entry in namespaces.Where(entry => (string?)entry!["type"] == type).ToArray())
        {
            namespaces.Remove(entry);
        }

        return bundle;
    }

    private static JsonNode? Below(JsonNode node, string name) => node switch
    {
        JsonArray array => name == "-" || Number(name) >= array.Count ? null : array[Number(name)],
        _ => node[name],
    };

    private static JsonNode Add(JsonNode node, string name, JsonNode? value)
    {
        if (node is not JsonArray array)
        {
            node[name] = value;
        }
        else if (name == "-" || Number(name) >= array.Count)
        {
            array.Add(value);
        }
        else
        {
            array[Number(name)] = value;
        }

        return value!;
    }

    private static int Number(string name) => int.Parse(name, CultureInfo.InvariantCulture);
}
