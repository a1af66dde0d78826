using System.Globalization;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec.Writing;

namespace MiniRun.Runtime.Lifecycle;

/// <summary>The part of state.json that tells `start` what /proc/PID/status must say; masks in hexadecimal.</summary>
internal static class ExpectationText
{
    public const string Name = "expected";

    public static ProcessExpectation Nothing => new()
    {
        Uid = 0,
        Gid = 0,
        Effective = 0,
        Permitted = 0,
        Inheritable = 0,
        Ambient = 0,
        Bounding = 0,
        NoNewPrivileges = false,
        Seccomp = false,
    };

    public static void Write(JsonText json, ProcessExpectation expected)
    {
        json.Begin(Name);
        json.Number("uid", expected.Uid);
        json.Number("gid", expected.Gid);
        if (expected.Groups is not null)
        {
            json.Text("groups", string.Join(' ', expected.Groups));
        }

        json.Text("effective", Mask(expected.Effective));
        json.Text("permitted", Mask(expected.Permitted));
        json.Text("inheritable", Mask(expected.Inheritable));
        json.Text("ambient", Mask(expected.Ambient));
        json.Text("bounding", Mask(expected.Bounding));
        json.Number("noNewPrivileges", expected.NoNewPrivileges ? 1 : 0);
        json.Number("seccomp", expected.Seccomp ? 1 : 0);
        if (expected.SeccompListener)
        {
            json.Number("seccompListener", 1);
        }

        if (expected.SelinuxLabel.Length > 0)
        {
            json.Text("selinuxLabel", expected.SelinuxLabel);
        }

        json.End();
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
        SelinuxLabel = texts.GetValueOrDefault("selinuxLabel", ""),
        SeccompListener = texts.GetValueOrDefault("seccompListener") == "1",
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
