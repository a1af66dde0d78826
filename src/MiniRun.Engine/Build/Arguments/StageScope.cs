using MiniRun.Engine.Build.Dockerfiles.Expansion;
using MiniRun.Engine.Build.Dockerfiles.Instructions;

namespace MiniRun.Engine.Build.Arguments;

/// <summary>The arguments of one stage, as far as its ARGs have been reached. The image's variables (ENV) stand above them.</summary>
public sealed class StageScope
{
    private readonly GlobalScope _globals;
    private readonly List<KeyValuePair<string, string?>> _declared;

    public StageScope(GlobalScope globals, Expander expander)
        : this(globals, expander, [])
    {
    }

    private StageScope(GlobalScope globals, Expander expander, List<KeyValuePair<string, string?>> declared)
    {
        _globals = globals;
        _declared = declared;
        Expander = expander;
    }

    /// <summary>Of the text that is carried out now.</summary>
    public Expander Expander { get; }

    public GivenArguments Given => _globals.Given;

    /// <summary>Those with a value, in the order they were declared.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Declared => _declared;

    /// <summary>The same arguments for another text's words: a trigger's.</summary>
    public StageScope With(Expander expander) => new(_globals, expander, _declared);

    /// <summary>Declares arguments: a given value comes before the default, and without either the global one is taken.</summary>
    /// <returns>The arguments as the history shows them.</returns>
    /// <exception cref="Dockerfiles.Source.DockerfileException">A default value cannot be expanded.</exception>
    public IReadOnlyList<string> Declare(ArgInstruction instruction, IReadOnlyList<string> environment)
    {
        List<string> shown = [];
        foreach (KeyWithValue argument in instruction.Arguments)
        {
            string name = Expander.Expand(argument.Key, Lookup(environment));
            string? value = argument.Value is { } written ? Expander.Expand(written, Lookup(environment)) : null;
            value = _globals.Given.TryUse(name, out string? chosen) ? chosen : value ?? _globals.Lookup(name);
            _declared.RemoveAll(declared => declared.Key == name);
            _declared.Add(new KeyValuePair<string, string?>(name, value));
            shown.Add(value is null || PredefinedArguments.IsProxy(name) ? name : $"{name}={value}");
        }

        return shown;
    }

    /// <summary>What a word of the stage sees: the image's variables, then the arguments.</summary>
    public VariableLookup Lookup(IReadOnlyList<string> environment) => name => VariableOf(environment, name) ?? ArgumentOf(name);

    /// <summary>The arguments that a RUN gets as variables: those that no ENV hides. The proxies' are not among them.</summary>
    public IReadOnlyList<string> Variables(IReadOnlyList<string> environment)
    {
        List<string> variables = [];
        foreach ((string name, string? value) in _declared)
        {
            if (value is not null && !PredefinedArguments.IsProxy(name) && VariableOf(environment, name) is null)
            {
                variables.Add($"{name}={value}");
            }
        }

        return variables;
    }

    private string? ArgumentOf(string name)
    {
        foreach ((string declared, string? value) in _declared)
        {
            if (declared == name)
            {
                return value;
            }
        }

        return PredefinedArguments.IsProxy(name) && _globals.Given.TryUse(name, out string? proxy) ? proxy : null;
    }

    private static string? VariableOf(IReadOnlyList<string> environment, string name)
    {
        foreach (string variable in environment)
        {
            if (variable.Length > name.Length && variable[name.Length] == '=' && variable.StartsWith(name, StringComparison.Ordinal))
            {
                return variable[(name.Length + 1)..];
            }
        }

        return null;
    }
}
