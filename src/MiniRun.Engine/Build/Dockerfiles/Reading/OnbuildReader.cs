using System.Text;
using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Dockerfiles.Source;
using MiniRun.Engine.Build.Dockerfiles.Words;

namespace MiniRun.Engine.Build.Dockerfiles.Reading;

/// <summary>ONBUILD: the trigger is read here too, so that its mistakes are found now and not in another's build.</summary>
internal static class OnbuildReader
{
    internal static OnbuildInstruction Read(InstructionLine line)
    {
        InstructionLine trigger = line.Inner() ?? throw line.Error("ONBUILD requires at least one argument");
        switch (trigger.Keyword)
        {
            case "ONBUILD":
                throw trigger.Error("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
            case "FROM" or "MAINTAINER":
                throw trigger.Error($"{trigger.Keyword} isn't allowed as an ONBUILD trigger");
        }

        IReadOnlyList<Heredoc> heredocs = InstructionReader.Read(trigger) switch
        {
            RunInstruction run => run.Heredocs,
            CopyInstruction copy => copy.Operands.Heredocs,
            AddInstruction add => add.Operands.Heredocs,
            _ => [],
        };
        SourceWord text = trigger.FromKeyword();
        return new OnbuildInstruction { Offset = line.Offset, Original = line.Original, Trigger = text with { Text = WithHeredocs(text.Text, heredocs) } };
    }

    private static string WithHeredocs(string line, IReadOnlyList<Heredoc> heredocs)
    {
        var text = new StringBuilder(line);
        foreach (Heredoc heredoc in heredocs)
        {
            text.Append('\n').Append(heredoc.Content).Append(heredoc.Name);
        }

        return text.ToString();
    }
}
