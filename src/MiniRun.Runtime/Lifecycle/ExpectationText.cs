using System.Globalization;
using System.Text.Json;
using MiniRun.Runtime.Plan;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>The part of state.json that tells `start` what /proc/PID/status must say; masks in hexadecimal.</summary>
internal static class ExpectationText
{
    public const string Name = "expected";

    public static ProcessExpectation Nothing => new()
    {
        Uid = 0, Gid = 0, Effective = 0, Permitted = 0, Inheritable = 0, Ambient = 0, Bounding = 0, NoNewPrivileges = false, Seccomp = false,
    };

    public static void Write(Utf8JsonWriter json, ProcessExpectation expected)
    {
        json.WriteStartObject(Name);
        json.WriteNumber("uid", expected.Uid);
        json.WriteNumber("gid", expected.Gid);
        if (expected.Groups is not null)
        {
            json.WriteString("groups", string.Join(' ', expected.Groups));
        }

        json.WriteString("effective", Mask(expected.Effective));
        json.WriteString("permitted", Mask(expected.Permitted));
        json.WriteString("inheritable", Mask(expected.Inheritable));
        json.WriteString("ambient", Mask(expected.Ambient));
        json.WriteString("bounding", Mask(expected.Bounding));
        json.WriteNumber("noNewPrivileges", expected.NoNewPrivileges ? 1 : 0);
        json.WriteNumber("seccomp", expected.Seccomp ? 1 : 0);
        json.WriteEndObject();
    }

    /// <exception cref="FormatException">A field is missing or damaged: without it `start` could not verify, so it must not start.</exception>
    public static ProcessExpectation Read(Dictionary<string, string> texts) => new()
    {
        Uid = uint.Parse(StateFile.Needed(texts, "uid"), CultureInfo.InvariantCulture),
        Gid = uint.Parse(StateFile.Needed(texts, "gid"), CultureInfo.InvariantCulture),
        Groups = texts.TryGetValue("groups", out string? groups) ? Numbers(groups) : null,
        Effective = Mask(texts, "effective"),
        Permitted = Mask(texts, "permitted"),
        Inheritable = Mask(texts, "inheritable"),
        Ambient = Mask(texts, "ambient"),
        Bounding = Mask(texts, "bounding"),
        NoNewPrivileges = StateFile.Needed(texts, "noNewPrivileges") == "1",
        Seccomp = StateFile.Needed(texts, "seccomp") == "1",
    };

    private static string Mask(ulong mask) => mask.ToString("x16", CultureInfo.InvariantCulture);

    private static ulong Mask(Dictionary<string, string> texts, string name) => ulong.Parse(StateFile.Needed(texts, name), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static List<uint> Numbers(string text)
    {
        List<uint> numbers = [];
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            numbers.Add(uint.Parse(word, CultureInfo.InvariantCulture));
        }

        return numbers;
    }
}
