using MiniRun.Engine.Build.Dockerfiles;
using MiniRun.Engine.Build.Dockerfiles.Expansion;
using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;

namespace MiniRun.Engine.Build.Arguments;

/// <summary>The arguments before the first FROM: FROM lines see them, stages only those that they declare again.</summary>
public sealed class GlobalScope
{
    private readonly Dictionary<string, string?> _platforms;
    private readonly Dictionary<string, string?> _values = new(StringComparer.Ordinal);

    /// <exception cref="Dockerfiles.Source.DockerfileException">A default value cannot be expanded.</exception>
    public GlobalScope(Dockerfile file, Expander expander, GivenArguments given, Platform build, Platform target)
    {
        long length = 0;
        Given = given;
        _platforms = PredefinedArguments.OfPlatforms(build, target);
        foreach (ArgInstruction instruction in file.GlobalArguments)
        {
            foreach (KeyWithValue argument in instruction.Arguments)
            {
                string name = expander.Expand(argument.Key, Lookup);
                string? value = argument.Value is { } written ? expander.Expand(written, Lookup) : null;
                length += value?.Length ?? 0;
                if (length > DocumentReader.MaxSize)
                {
                    throw file.Source.Error(argument.Key, $"the arguments before the first FROM are longer than {DocumentReader.MaxSize} characters together");
                }

                _values[name] = given.TryUse(name, out string? chosen) ? chosen : value ?? _platforms.GetValueOrDefault(name);
            }
        }
    }

    public GivenArguments Given { get; }

    /// <summary>What a FROM line sees.</summary>
    public string? Lookup(string name) => _values.TryGetValue(name, out string? value) ? value : _platforms.GetValueOrDefault(name);
}
