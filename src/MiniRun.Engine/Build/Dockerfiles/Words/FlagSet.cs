using MiniRun.Engine.Build.Dockerfiles.Source;

namespace MiniRun.Engine.Build.Dockerfiles.Words;

/// <summary>The flags of one instruction, each taken once; what nobody took is an error.</summary>
internal sealed class FlagSet(SourceText source, string keyword, List<InstructionFlag> flags)
{
    /// <summary>The value of a flag, or null.</summary>
    /// <exception cref="DockerfileException">It is given twice, or without a value.</exception>
    internal SourceWord? Take(string name)
    {
        SourceWord? value = null;
        for (int i = flags.Count - 1; i >= 0; i--)
        {
            if (flags[i].Name != name)
            {
                continue;
            }

            if (value is not null)
            {
                throw source.Error(value.Value, $"{keyword}: duplicate flag --{name}");
            }

            value = string.IsNullOrEmpty(flags[i].Value)
                ? throw source.Error(flags[i].Offset, $"{keyword}: missing a value on flag --{name}")
                : new SourceWord(flags[i].Value!, flags[i].Offset);
            flags.RemoveAt(i);
        }

        return value;
    }

    /// <summary>Refuses what BuildKit has and minirun has not; each name comes with why, or with what to do instead.</summary>
    internal void RefuseBuildKit(params ReadOnlySpan<(string Name, string Instead)> unsupported)
    {
        foreach (InstructionFlag flag in flags)
        {
            foreach ((string name, string instead) in unsupported)
            {
                if (flag.Name == name)
                {
                    throw source.Error(flag.Offset, $"{keyword} --{name} is not supported: {instead}");
                }
            }
        }
    }

    /// <exception cref="DockerfileException">There is a flag that the instruction does not have.</exception>
    internal void RefuseOthers()
    {
        if (flags.Count > 0)
        {
            throw source.Error(flags[0].Offset, $"unknown flag: --{flags[0].Name} (for {keyword})");
        }
    }
}
