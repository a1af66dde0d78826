namespace MiniRun.Conformance.Tests.Harness;

/// <summary>What the specification says must be: its section, as `runtime.md#start`, and its sentence, shortened.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class MustAttribute(string section, string sentence) : Attribute
{
    public string Section => section;

    public string Sentence => sentence;
}
