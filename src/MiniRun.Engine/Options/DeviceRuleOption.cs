using System.Globalization;
using MiniRun.Runtime.Spec;

namespace MiniRun.Engine.Options;

/// <summary>--device-cgroup-rule "c 1:3 rwm": which device nodes the container may use, whoever makes them.</summary>
public static class DeviceRuleOption
{
    /// <exception cref="OptionException">It is no such rule.</exception>
    public static DeviceRuleSpec Parse(string text, string option)
    {
        string[] words = text.Split(' ');
        string[] numbers = words.Length == 3 ? words[1].Split(':') : [];
        bool valid = numbers.Length == 2
            && words[0] is "a" or "b" or "c"
            && words[2].Length is >= 1 and <= 3
            && !words[2].AsSpan().ContainsAnyExcept("rwm");
        return valid && TryNumber(numbers[0], out long? major) && TryNumber(numbers[1], out long? minor)
            ? new DeviceRuleSpec(true, words[0][0], major, minor, words[2])
            : throw new OptionException(option, text, "invalid device cgroup format: write TYPE MAJOR:MINOR ACCESS, such as \"c 42:* rwm\"");
    }

    /// <summary>The rule as the option is written.</summary>
    public static string Text(DeviceRuleSpec rule) => $"{rule.Type} {Number(rule.Major)}:{Number(rule.Minor)} {rule.Access}";

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "*";

    /// <summary>Twelve bits of major and twenty of minor number: the kernel's dev_t.</summary>
    private static bool TryNumber(string text, out long? number)
    {
        bool any = text == "*";
        bool valid = uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint value) && value < 1 << 20;
        number = any ? null : value;
        return any || valid;
    }
}
