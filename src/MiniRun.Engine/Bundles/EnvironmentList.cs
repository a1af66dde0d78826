using MiniRun.Engine.Options;

namespace MiniRun.Engine.Bundles;

/// <summary>An environment in the making: NAME=VALUE texts, one a name, in the order the names first came.</summary>
internal sealed class EnvironmentList
{
    private readonly List<string> _variables = [];

    internal EnvironmentList()
    {
    }

    internal EnvironmentList(IReadOnlyList<string> variables)
    {
        _variables.AddRange(variables);
    }

    internal void Set(string variable)
    {
        int equals = variable.IndexOf('=', StringComparison.Ordinal);
        int index = equals < 0 ? -1 : IndexOf(variable.AsSpan(0, equals));
        if (index >= 0)
        {
            _variables[index] = variable;
        }
        else if (equals > 0)
        {
            _variables.Add(variable);
        }
    }

    internal void SetMissing(string name, string value)
    {
        if (IndexOf(name) < 0)
        {
            _variables.Add($"{name}={value}");
        }
    }

    /// <summary>Sets a variable, or removes it where its value is null: `-e NAME` whose caller has no NAME.</summary>
    internal void Apply(EnvironmentVariable variable)
    {
        int index = IndexOf(variable.Name);
        if (variable.Value is not null)
        {
            Set($"{variable.Name}={variable.Value}");
        }
        else if (index >= 0)
        {
            _variables.RemoveAt(index);
        }
    }

    internal List<string> ToList() => _variables;

    private int IndexOf(ReadOnlySpan<char> name)
    {
        for (int i = 0; i < _variables.Count; i++)
        {
            ReadOnlySpan<char> variable = _variables[i];
            if (variable.Length > name.Length && variable[name.Length] == '=' && variable.StartsWith(name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
