using System.Globalization;
using System.Text.Json;

namespace MiniRun.Linux.Seccomp;

/// <summary>Reads a profile file as docker takes it (--security-opt seccomp=FILE): default.json's shape, or linux.seccomp's of an OCI config. What it does not know is an error, never a weaker filter.</summary>
public static class SeccompTemplateReader
{
    /// <summary>The largest profile that is read, in bytes.</summary>
    public const int LargestFile = 1 << 20;

    private const int LargestErrno = 4095;

    /// <summary>Reads the bytes of a profile.</summary>
    /// <param name="json">UTF-8; comments and trailing commas are errors, as for docker.</param>
    /// <param name="subject">The file's name, for messages.</param>
    /// <exception cref="MiniRunException">Not JSON, or not a profile; the message has the JSON path.</exception>
    public static SeccompTemplate Read(ReadOnlyMemory<byte> json, string subject)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 16 });
            return Template(new JsonPlace(document.RootElement, subject, "$"));
        }
        catch (JsonException failure)
        {
            throw new MiniRunException($"{subject}: not JSON: line {failure.LineNumber + 1}, column {failure.BytePositionInLine + 1}");
        }
    }

    private static SeccompTemplate Template(JsonPlace root)
    {
        SeccompTemplate template = new() { DefaultAction = "" };
        foreach (JsonPlace member in root.Members())
        {
            template = member.Name switch
            {
                "defaultAction" => template with { DefaultAction = member.Text() },
                "defaultErrnoRet" => template with { DefaultErrno = Errno(member) },
                "defaultErrno" => template,
                "architectures" => template with { Architectures = member.Texts() },
                "archMap" => template with { ArchitectureMap = member.IsNull ? [] : [.. member.Items().Select(Family)] },
                "flags" => template with { Flags = member.Texts() },
                "syscalls" => template with { Rules = [.. member.Items().Select(Rule)] },
                _ => throw member.Wrong("minirun does not know this field"),
            };
        }

        if (template.Architectures.Count > 0 && template.ArchitectureMap.Count > 0)
        {
            throw root.Wrong("both architectures and archMap are given: use one");
        }

        return template.DefaultAction.Length > 0 ? template : throw root.Wrong("defaultAction is missing");
    }

    private static IReadOnlyList<string> Family(JsonPlace place)
    {
        List<string> family = [];
        foreach (JsonPlace member in place.Members())
        {
            switch (member.Name)
            {
                case "architecture":
                    family.Insert(0, member.Text());
                    break;
                case "subArchitectures":
                    family.AddRange(member.Texts());
                    break;
                default:
                    throw member.Wrong("minirun does not know this field");
            }
        }

        return family;
    }

    private static SeccompTemplateRule Rule(JsonPlace place)
    {
        List<string> names = [];
        SeccompTemplateRule rule = new(new(names, "", null, []));
        foreach (JsonPlace member in place.Members())
        {
            switch (member.Name)
            {
                case "name":
                    names.Add(member.Text());
                    break;
                case "names":
                    names.AddRange(member.Texts());
                    break;
                case "action":
                    rule = rule with { Rule = rule.Rule with { Action = member.Text() } };
                    break;
                case "errnoRet":
                    rule = rule with { Rule = rule.Rule with { Errno = Errno(member) } };
                    break;
                case "args":
                    rule = rule with { Rule = rule.Rule with { Arguments = member.IsNull ? [] : [.. member.Items().Select(Argument)] } };
                    break;
                case "includes":
                    rule = rule with { Includes = Condition(member) };
                    break;
                case "excludes":
                    rule = rule with { Excludes = Condition(member) };
                    break;
                case "comment" or "errno":
                    break;
                default:
                    throw member.Wrong("minirun does not know this field");
            }
        }

        return names.Count > 0 && rule.Rule.Action.Length > 0 ? rule : throw place.Wrong("a rule needs names and an action");
    }

    private static SeccompArgument Argument(JsonPlace place)
    {
        uint? index = null;
        ulong value = 0;
        ulong valueTwo = 0;
        string op = "";
        foreach (JsonPlace member in place.Members())
        {
            switch (member.Name)
            {
                case "index":
                    index = (uint)member.Number(5);
                    break;
                case "value":
                    value = member.Number(ulong.MaxValue);
                    break;
                case "valueTwo":
                    valueTwo = member.Number(ulong.MaxValue);
                    break;
                case "op":
                    op = member.Text();
                    break;
                default:
                    throw member.Wrong("minirun does not know this field");
            }
        }

        return new(index ?? throw place.Wrong("index is missing"), value, valueTwo, op.Length > 0 ? op : throw place.Wrong("op is missing"));
    }

    private static SeccompCondition? Condition(JsonPlace place)
    {
        if (place.IsNull)
        {
            return null;
        }

        SeccompCondition condition = new();
        foreach (JsonPlace member in place.Members())
        {
            condition = member.Name switch
            {
                "caps" => condition with { Capabilities = member.Texts() },
                "arches" => condition with { Architectures = member.Texts() },
                "minKernel" => condition with { MinKernel = member.IsNull ? null : Kernel(member) },
                _ => throw member.Wrong("minirun does not know this condition"),
            };
        }

        return condition;
    }

    private static uint? Errno(JsonPlace place) => place.IsNull ? null : (uint)place.Number(LargestErrno);

    private static Version Kernel(JsonPlace place)
    {
        string[] parts = place.Text().Split('.');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int minor)
            ? new Version(major, minor)
            : throw place.Wrong("a kernel version such as 4.8 belongs here");
    }
}
