using System.Text;
using MiniRun.Oci.Grammar;

namespace MiniRun.Oci.Output;

/// <summary>Help, made from the tables.</summary>
internal static class HelpText
{
    public static string Program()
    {
        StringBuilder text = new("minirun-oci - the OCI runtime of minirun, with runc's command line\n\nUsage: minirun-oci [global options] COMMAND [options] [ARGUMENT…]\n\nCommands:\n");
        foreach (string name in VerbTable.Names())
        {
            text.Append("  ").Append(name.PadRight(10)).Append(VerbTable.Find(name)!.Help).Append('\n');
        }

        text.Append("\nGlobal options:\n");
        AppendOptions(text, VerbTable.GlobalOptions());
        return text.ToString();
    }

    public static string Of(Verb verb)
    {
        StringBuilder text = new();
        text.Append("minirun-oci ").Append(verb.Name).Append(" - ").Append(verb.Help).Append("\n\nUsage: minirun-oci ").Append(verb.Name).Append(' ').Append(verb.Usage).Append('\n');
        if (verb.Options.Length > 0)
        {
            text.Append("\nOptions:\n");
            AppendOptions(text, verb.Options);
        }

        return text.ToString();
    }

    private static void AppendOptions(StringBuilder text, Option[] options)
    {
        foreach (Option option in options)
        {
            string name = option.Short == '\0' ? $"    --{option.Name}" : $"-{option.Short}, --{option.Name}";
            text.Append("  ").Append((option.Value is null ? name : $"{name} {option.Value}").PadRight(40)).Append(' ').Append(option.Help).Append('\n');
        }
    }
}
