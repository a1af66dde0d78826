using System.Globalization;
using System.Text.Json;

namespace MiniRun.Linux.Seccomp;

/// <summary>A value of a JSON document with the path to it, so that a wrong one can be pointed at.</summary>
internal readonly record struct JsonPlace(JsonElement Element, string Subject, string Path, string Name = "")
{
    public bool IsNull => Element.ValueKind == JsonValueKind.Null;

    /// <summary>An object's members; the same name twice is an error, since readers disagree on which one counts.</summary>
    public List<JsonPlace> Members()
    {
        Expect(JsonValueKind.Object, "an object");
        HashSet<string> names = [];
        List<JsonPlace> members = [];
        foreach (JsonProperty property in Element.EnumerateObject())
        {
            JsonPlace member = new(property.Value, Subject, Path + "." + property.Name, property.Name);
            members.Add(names.Add(property.Name) ? member : throw member.Wrong("the field is given twice"));
        }

        return members;
    }

    public List<JsonPlace> Items()
    {
        Expect(JsonValueKind.Array, "a list");
        List<JsonPlace> items = [];
        foreach (JsonElement item in Element.EnumerateArray())
        {
            items.Add(new(item, Subject, string.Create(CultureInfo.InvariantCulture, $"{Path}[{items.Count}]")));
        }

        return items;
    }

    public string Text()
    {
        Expect(JsonValueKind.String, "a text");
        return Element.GetString()!;
    }

    /// <summary>A list of texts; null is an empty one, as Go writes it.</summary>
    public string[] Texts() => IsNull ? [] : [.. Items().Select(item => item.Text())];

    public ulong Number(ulong largest)
    {
        Expect(JsonValueKind.Number, "a number");
        return Element.TryGetUInt64(out ulong number) && number <= largest ? number : throw Wrong($"a whole number from 0 to {largest} belongs here");
    }

    public MiniRunException Wrong(string what) => new($"{Subject}: {Path}: {what}");

    private void Expect(JsonValueKind kind, string what)
    {
        if (Element.ValueKind != kind)
        {
            throw Wrong($"{what} belongs here, not {Element.ValueKind.ToString().ToLowerInvariant()}");
        }
    }
}
