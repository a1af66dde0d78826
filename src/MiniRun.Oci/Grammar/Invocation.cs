using MiniRun.Runtime;

namespace MiniRun.Oci.Grammar;

/// <summary>A command line as read: the verb, its options and arguments, and the options that stand before the verb.</summary>
internal sealed class Invocation
{
    public OptionValues Global { get; } = new();

    public Verb? Verb { get; set; }

    public OptionValues Options { get; } = new();

    public List<string> Arguments { get; } = [];

    /// <summary>The first argument, as almost every verb reads it.</summary>
    public ContainerId Id => ContainerId.Parse(Arguments[0]);
}
