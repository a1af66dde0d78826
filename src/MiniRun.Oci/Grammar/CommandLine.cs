namespace MiniRun.Oci.Grammar;

/// <summary>
/// Reads runc's command line. Differences that make it accept more: options may stand after the arguments, because
/// Slurm calls `run ID -b BUNDLE`.
/// </summary>
internal static class CommandLine
{
    /// <exception cref="UsageException">An unknown verb or option, a missing value, or too few or many arguments.</exception>
    public static Invocation Parse(ReadOnlySpan<string> words)
    {
        Invocation invocation = new();
        int next = ReadOptions(words, 0, VerbTable.GlobalOptions(), invocation.Global, arguments: null, literalAfter: 0);
        if (next == words.Length)
        {
            return invocation;
        }

        Verb verb = VerbTable.Find(words[next])
            ?? throw new UsageException($"unknown command \"{words[next]}\": see `minirun-oci --help`");
        invocation.Verb = verb;
        ReadOptions(words, next + 1, verb.Options, invocation.Options, invocation.Arguments, verb.LiteralAfter);
        RequireArguments(verb, invocation);
        return invocation;
    }

    /// <summary>Reads options, and arguments too where there is a list for them; returns where the reading stopped.</summary>
    private static int ReadOptions(ReadOnlySpan<string> words, int start, Option[] table, OptionValues values, List<string>? arguments, int literalAfter)
    {
        for (int i = start; i < words.Length; i++)
        {
            string word = words[i];
            bool literal = arguments is not null && arguments.Count >= literalAfter;
            if (literal || word.Length < 2 || word[0] != '-')
            {
                if (arguments is null)
                {
                    return i;
                }

                arguments.Add(word);
            }
            else if (word == "--")
            {
                literalAfter = 0;
            }
            else
            {
                i += ReadOption(words, i, table, values);
            }
        }

        return words.Length;
    }

    /// <summary>Reads one option; returns how many further words it took.</summary>
    private static int ReadOption(ReadOnlySpan<string> words, int at, Option[] table, OptionValues values)
    {
        string word = words[at];
        ReadOnlySpan<char> text = word.AsSpan(word.StartsWith("--", StringComparison.Ordinal) ? 2 : 1);
        int equals = text.IndexOf('=');
        ReadOnlySpan<char> name = equals < 0 ? text : text[..equals];
        Option option = Find(table, name) ?? throw new UsageException($"flag provided but not defined: {word}");
        if (equals >= 0)
        {
            values.Add(option.Name, text[(equals + 1)..].ToString());
            return 0;
        }

        if (option.Value is null)
        {
            values.Add(option.Name, "true");
            return 0;
        }

        if (at + 1 == words.Length)
        {
            throw new UsageException($"flag needs an argument: {word}");
        }

        values.Add(option.Name, words[at + 1]);
        return 1;
    }

    private static Option? Find(Option[] table, ReadOnlySpan<char> name)
    {
        foreach (Option option in table)
        {
            if (option.IsCalled(name))
            {
                return option;
            }
        }

        if (name is "help" or "h")
        {
            return Option.Flag("help", "");
        }

        return null;
    }

    private static void RequireArguments(Verb verb, Invocation invocation)
    {
        int count = invocation.Arguments.Count;
        if (invocation.Options.Has("help"))
        {
            return;
        }

        if (count < verb.MinArguments)
        {
            string need = verb.MinArguments == verb.MaxArguments ? "exactly" : "a minimum of";
            throw new UsageException($"minirun-oci: \"{verb.Name}\" requires {need} {verb.MinArguments} argument(s)");
        }

        if (count > verb.MaxArguments)
        {
            string need = verb.MinArguments == verb.MaxArguments ? "exactly" : "a maximum of";
            throw new UsageException($"minirun-oci: \"{verb.Name}\" requires {need} {verb.MaxArguments} argument(s)");
        }
    }
}
