using System.CommandLine;
using System.Text;
using MiniRun.Cli.CommandLine;

namespace MiniRun.Cli.Manual;

/// <summary>A command's manual page in troff's man(7) macros, made of the declarations that --help prints too.</summary>
internal static class ManPage
{
    internal static string Of(DockerCommand command)
    {
        var text = new StringBuilder();
        string name = $"minirun-{command.FullName.Replace(' ', '-')}";
        string[] description = (command.Description ?? "").Split('\n', 2);
        text.Append(".TH \"").Append(name.ToUpperInvariant()).Append("\" 1 \"\" \"minirun\" \"minirun manual\"\n");
        text.Append(".SH NAME\n").Append(Escaped(name)).Append(" \\- ").Append(Escaped(FirstSentence(description[0]))).Append('\n');
        text.Append(".SH SYNOPSIS\n.B minirun ").Append(Escaped(command.FullName)).Append('\n').Append(Escaped(command.Usage)).Append('\n');
        text.Append(".SH DESCRIPTION\n").Append(Escaped(string.Join(' ', description))).Append('\n');
        foreach (OptionGroup group in command.Groups)
        {
            Write(text, group);
        }

        WriteExamples(text, command.Examples);
        return text.Append(".SH SEE ALSO\n.BR minirun (1)\n").ToString();
    }

    /// <summary>The page of minirun itself: what commands there are.</summary>
    internal static string OfProgram(IEnumerable<CommandEntry> commands)
    {
        var text = new StringBuilder(".TH MINIRUN 1 \"\" \"minirun\" \"minirun manual\"\n.SH NAME\nminirun \\- runs Linux containers, and shows every kernel call that makes them\n");
        text.Append(".SH SYNOPSIS\n.B minirun\n[OPTIONS] COMMAND [ARG...]\n.SH COMMANDS\n");
        foreach (CommandEntry command in commands)
        {
            text.Append(".TP\n.BR minirun\\-").Append(Escaped(command.Name.Replace(' ', '-'))).Append(" (1)\n").Append(Escaped(command.Summary)).Append('\n');
        }

        Write(text, new GlobalOptions(helpShorthand: true).Group);
        return text.Append(".SH FILES\n.TP\n/run/minirun\nState of running containers.\n.TP\n/var/lib/minirun\nImages, containers and volumes.\n.TP\n/etc/minirun/registries.json\nMirrors, insecure and blocked registries.\n").ToString();
    }

    private static void Write(StringBuilder text, OptionGroup group)
    {
        if (group.Options.All(static option => option.Hidden))
        {
            return;
        }

        text.Append(".SH ").Append(Escaped(group.Title.ToUpperInvariant())).Append('\n');
        foreach (Option option in group.Options)
        {
            if (option.Hidden)
            {
                continue;
            }

            text.Append(".TP\n\\fB").Append(string.Join("\\fR, \\fB", option.Aliases.Order(StringComparer.Ordinal).Append(option.Name).Select(Escaped))).Append("\\fR");
            if (option.TakesValue())
            {
                text.Append(" \\fI").Append(Escaped(option.HelpName ?? "VALUE")).Append("\\fR");
            }

            text.Append('\n').Append(Escaped(option.Description ?? "")).Append('\n');
        }
    }

    private static void WriteExamples(StringBuilder text, IReadOnlyList<string> examples)
    {
        if (examples.Count == 0)
        {
            return;
        }

        text.Append(".SH EXAMPLES\n.nf\n");
        foreach (string line in examples)
        {
            text.Append(Escaped(line)).Append('\n');
        }

        text.Append(".fi\n");
    }

    private static string FirstSentence(string text)
    {
        int end = text.IndexOf(". ", StringComparison.Ordinal);
        return (end < 0 ? text : text[..end]).TrimEnd('.');
    }

    /// <summary>Text that troff prints as it is: no escapes, hyphens that can be copied, no line that is a request.</summary>
    private static string Escaped(string text)
    {
        string plain = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return plain is ['.' or '\'', ..] ? $"\\&{plain}" : plain;
    }
}
