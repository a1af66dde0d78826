using System.CommandLine;
using System.Text;

namespace MiniRun.Cli.CommandLine;

/// <summary>What --help prints: usage, options under their headings, examples.</summary>
internal static class HelpText
{
    private const int Width = 100;
    private const int MaxLabel = 34;

    internal static string Of(DockerCommand command)
    {
        var text = new StringBuilder();
        text.Append("Usage: minirun ").Append(command.FullName);
        if (command.Usage.Length > 0)
        {
            text.Append(' ').Append(command.Usage);
        }

        text.Append("\n\n").Append(command.Description).Append('\n');
        int label = LabelWidth(command);
        foreach (OptionGroup group in command.Groups)
        {
            WriteGroup(text, group, label);
        }

        if (command.Examples.Count > 0)
        {
            text.Append("\nExamples:\n");
            foreach (string line in command.Examples)
            {
                text.Append("  ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static int LabelWidth(DockerCommand command)
    {
        int width = 0;
        foreach (OptionGroup group in command.Groups)
        {
            foreach (Option option in group.Options)
            {
                width = option.Hidden ? width : Math.Max(width, Label(option).Length);
            }
        }

        return Math.Min(width, MaxLabel);
    }

    private static void WriteGroup(StringBuilder text, OptionGroup group, int width)
    {
        text.Append('\n').Append(group.Title).Append(":\n");
        foreach (Option option in group.Options)
        {
            if (option.Hidden)
            {
                continue;
            }

            string label = Label(option);
            text.Append("  ").Append(label);
            if (label.Length > width)
            {
                text.Append('\n').Append(' ', width + 4);
            }
            else
            {
                text.Append(' ', width - label.Length + 2);
            }

            WriteWrapped(text, option.Description ?? "", width + 4);
        }
    }

    private static string Label(Option option)
    {
        string shorthand = "    ";
        foreach (string alias in option.Aliases)
        {
            shorthand = alias.Length == 2 ? $"{alias}, " : shorthand;
        }

        return option.TakesValue() ? $"{shorthand}{option.Name} {option.HelpName ?? "VALUE"}" : $"{shorthand}{option.Name}";
    }

    private static void WriteWrapped(StringBuilder text, string sentence, int indent)
    {
        int column = indent;
        foreach (string word in sentence.Split(' '))
        {
            if (column > indent && column + word.Length + 1 > Width)
            {
                text.Append('\n').Append(' ', indent);
                column = indent;
            }
            else if (column > indent)
            {
                text.Append(' ');
                column++;
            }

            text.Append(word);
            column += word.Length;
        }

        text.Append('\n');
    }
}
