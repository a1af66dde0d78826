using System.Reflection;

namespace MiniRun.Abi.Tests;

/// <summary>Sizes, offsets and widths of C# structures, asked of C in one program.</summary>
internal sealed class StructureComparison(params string[] headers)
{
    private readonly CProgram _program = new(headers);
    private readonly Dictionary<string, long> _ours = [];

    public void Add(Type type, string structure, Func<string, string> memberName, bool wholeSize = true)
    {
        if (wholeSize)
        {
            Expect($"sizeof({type.Name})", Layout.SizeOf(type), $"sizeof({structure})");
        }

        foreach (FieldInfo field in Layout.Fields(type).Where(f => !f.Name.StartsWith("__", StringComparison.Ordinal)))
        {
            string member = memberName(field.Name);
            Expect($"offsetof({type.Name}.{field.Name})", Layout.OffsetOf(field), $"offsetof({structure}, {member})");
            Expect($"sizeof({type.Name}.{field.Name})", Layout.SizeOf(field), $"sizeof((({structure} *)0)->{member})");
        }
    }

    public void AssertEqual()
    {
        Dictionary<string, long> theirs = _program.Run();
        Assert.Equal([], _ours.Where(o => theirs[o.Key] != o.Value).Select(o => $"{o.Key}: C# {o.Value}, C {theirs[o.Key]}"));
    }

    private void Expect(string name, long value, string expression)
    {
        _ours[name] = value;
        _program.Print(name, expression);
    }
}
