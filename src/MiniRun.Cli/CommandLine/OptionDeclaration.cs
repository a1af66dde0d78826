using System.CommandLine;

namespace MiniRun.Cli.CommandLine;

/// <summary>Short forms for declaring options, so that a command's file reads as a list of them.</summary>
internal static class OptionDeclaration
{
    /// <summary>An option that is there or not.</summary>
    internal static Option<bool> Switch(string name, string description, params string[] aliases) => new(name, aliases) { Description = description };

    /// <summary>An option with one value; the last one given counts.</summary>
    internal static Option<string?> Value(string name, string valueName, string description, params string[] aliases) =>
        new(name, aliases) { HelpName = valueName, Description = description, Arity = ArgumentArity.ExactlyOne };

    /// <summary>An option that may be given several times.</summary>
    internal static Option<string[]> Values(string name, string valueName, string description, params string[] aliases) =>
        new(name, aliases) { HelpName = valueName, Description = $"{description} (repeatable)", Arity = ArgumentArity.ZeroOrMore };

    /// <summary>Each value of a repeatable option, parsed.</summary>
    internal static IReadOnlyList<T> Each<T>(this ParseResult values, Option<string[]> option, Func<string, string, T> parse)
    {
        string[]? texts = values.GetValue(option);
        if (texts is null || texts.Length == 0)
        {
            return [];
        }

        var parsed = new T[texts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            parsed[i] = parse(texts[i], option.Name);
        }

        return parsed;
    }

    /// <summary>An option's value, parsed; null where it is absent.</summary>
    internal static T? One<T>(this ParseResult values, Option<string?> option, Func<string, string, T> parse)
        where T : struct
        => values.GetValue(option) is { } text ? parse(text, option.Name) : null;
}
