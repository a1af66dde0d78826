using System.Globalization;
using System.Text.Json;
using MiniRun.Linux;
using MiniRun.Linux.Processes;
using MiniRun.Linux.Systemd;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec.Writing;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>The text of state.json. Written and read by hand: a serializer would cost more than the whole launch.</summary>
internal static class StateFile
{
    public const string Name = "state.json";

    /// <summary>The largest state.json that is read, in bytes.</summary>
    public const int MaxSize = 1 << 20;

    public static byte[] Write(ContainerState state)
    {
        JsonText json = new();
        json.Number("version", ContainerState.CurrentVersion);
        json.Text("id", state.Id.Value);
        json.Text("committed", state.Committed.Word());
        json.Text("ociVersion", state.OciVersion);
        json.Text("bundle", state.Bundle);
        json.Text("rootfs", state.Rootfs);
        json.Number("created", state.Created.ToUnixTimeMilliseconds());
        if (state.Cgroup is not null)
        {
            json.Text("cgroup", state.Cgroup);
        }

        if (state.Scope is { } scope)
        {
            json.Begin("scope");
            json.Text("unit", scope.Unit);
            json.Text("slice", scope.Slice);
            json.Number("user", scope.User ? 1 : 0);
            json.End();
        }

        if (state.Resctrl is { } resctrl)
        {
            json.Begin("resctrl");
            json.Text("closID", resctrl.ClosId);
            json.Number("made", resctrl.MakesClass ? 1 : 0);
            json.Number("monitored", resctrl.Monitors ? 1 : 0);
            json.End();
        }

        if (state.HasHooks)
        {
            json.Number("hooks", 1);
        }

        if (state.Init is { } init)
        {
            json.Begin("init");
            json.Number("pid", init.Pid);
            json.Number("startTime", (long)init.StartTime);
            json.Text("bootId", init.BootId);
            json.End();
        }

        ExpectationText.Write(json, state.Expected);
        json.Texts("annotations", state.Annotations);
        return json.Finish();
    }

    /// <exception cref="MiniRunException">It is no state file, or one of a newer minirun.</exception>
    public static ContainerState Read(ContainerId id, ReadOnlySpan<byte> text)
    {
        try
        {
            return Read(text);
        }
        catch (JsonException e)
        {
            // Its own words are left out of the static program.
            throw Damaged(id, string.Create(CultureInfo.InvariantCulture, $"no JSON at byte {e.BytePositionInLine}"), e);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw Damaged(id, e.Message, e);
        }
    }

    private static MiniRunException Damaged(ContainerId id, string how, Exception cause) =>
        new($"state.json of container {id} is damaged: {how}: remove the container with `delete --force`", cause);

    private static ContainerState Read(ReadOnlySpan<byte> text)
    {
        Utf8JsonReader json = new(text, new JsonReaderOptions { MaxDepth = 8 });
        Dictionary<string, string> texts = [];
        Dictionary<string, string> annotations = [];
        Dictionary<string, string> init = [];
        Dictionary<string, string> scope = [];
        Dictionary<string, string> expected = [];
        ResctrlPlacement? resctrl = null;
        Require(json.Read() && json.TokenType == JsonTokenType.StartObject, "not an object");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            Require(json.Read(), "cut off");
            switch (name)
            {
                case "annotations":
                    ReadTexts(ref json, annotations);
                    break;
                case "init":
                    ReadTexts(ref json, init);
                    break;
                case "scope":
                    ReadTexts(ref json, scope);
                    break;
                case "resctrl":
                    resctrl = ReadResctrl(ref json);
                    break;
                case ExpectationText.Name:
                    ReadTexts(ref json, expected);
                    break;
                default:
                    ReadText(ref json, name, texts);
                    break;
            }
        }

        return Build(texts, init, annotations) with
        {
            Scope = scope.Count == 0 ? null : new SystemdScope(Needed(scope, "unit"), Needed(scope, "slice"), Needed(scope, "user") == "1"),
            Resctrl = resctrl,
            Expected = ExpectationText.Read(expected),
        };
    }

    private static ContainerState Build(Dictionary<string, string> texts, Dictionary<string, string> init, Dictionary<string, string> annotations)
    {
        Require(int.Parse(texts.GetValueOrDefault("version", ""), CultureInfo.InvariantCulture) <= ContainerState.CurrentVersion, "written by a newer minirun");
        return new ContainerState
        {
            Id = ContainerId.Parse(Needed(texts, "id")),
            Committed = ContainerStatusWords.Parse(Needed(texts, "committed")) ?? throw new FormatException("an unknown status"),
            OciVersion = Needed(texts, "ociVersion"),
            Bundle = Needed(texts, "bundle"),
            Rootfs = Needed(texts, "rootfs"),
            Created = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(Needed(texts, "created"), CultureInfo.InvariantCulture)),
            Cgroup = texts.GetValueOrDefault("cgroup"),
            HasHooks = texts.ContainsKey("hooks"),
            Init = init.Count == 0 ? null : ReadIdentity(init),
            Annotations = annotations,
            Expected = ExpectationText.Nothing,
        };
    }

    private static ProcessIdentity ReadIdentity(Dictionary<string, string> init) => new(
        int.Parse(Needed(init, "pid"), CultureInfo.InvariantCulture),
        ulong.Parse(Needed(init, "startTime"), CultureInfo.InvariantCulture),
        Needed(init, "bootId"));

    private static ResctrlPlacement ReadResctrl(ref Utf8JsonReader json)
    {
        Dictionary<string, string> texts = [];
        ReadTexts(ref json, texts);
        return new ResctrlPlacement(Needed(texts, "closID"), Needed(texts, "made") == "1", Needed(texts, "monitored") == "1");
    }

    private static void ReadTexts(ref Utf8JsonReader json, Dictionary<string, string> into)
    {
        Require(json.TokenType == JsonTokenType.StartObject, "not an object");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            Require(json.Read(), "cut off");
            ReadText(ref json, name, into);
        }
    }

    /// <summary>A text or number as its text; what a newer minirun may have added is skipped.</summary>
    private static void ReadText(ref Utf8JsonReader json, string name, Dictionary<string, string> into)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            into[name] = json.GetString()!;
        }
        else if (json.TokenType == JsonTokenType.Number)
        {
            into[name] = json.GetInt64().ToString(CultureInfo.InvariantCulture);
        }
        else
        {
            json.Skip();
        }
    }

    internal static string Needed(Dictionary<string, string> texts, string name) =>
        texts.TryGetValue(name, out string? value) ? value : throw new FormatException($"\"{name}\" is missing");

    private static void Require(bool condition, string complaint)
    {
        if (!condition)
        {
            throw new FormatException(complaint);
        }
    }
}
