using MiniRun.Cli.Output.Templates.Values;

namespace MiniRun.Cli.Output.Templates;

/// <summary>The variables of a running template; inner ones hide outer ones of the same name.</summary>
internal sealed class Variables
{
    private readonly List<KeyValuePair<string, TemplateValue>> _values;

    internal Variables(TemplateValue root)
    {
        _values = [KeyValuePair.Create("$", root)];
    }

    internal int Count => _values.Count;

    /// <summary>Ends the life of all that were declared since Count was this.</summary>
    internal void ForgetFrom(int count) => _values.RemoveRange(count, _values.Count - count);

    /// <summary>Declares a variable, or gives the one there is another value.</summary>
    internal void Keep(string name, TemplateValue value, bool declares)
    {
        if (declares)
        {
            _values.Add(KeyValuePair.Create(name, value));
        }
        else
        {
            _values[IndexOf(name)] = KeyValuePair.Create(name, value);
        }
    }

    internal TemplateValue Find(string name) => _values[IndexOf(name)].Value;

    /// <summary>The parser has seen to it that there is one.</summary>
    private int IndexOf(string name) => _values.FindLastIndex(value => value.Key == name);
}
