using MiniRun.Engine.Build.Arguments;
using MiniRun.Engine.Build.Dockerfiles.Expansion;
using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Dockerfiles.Source;
using MiniRun.Engine.Bundles;
using MiniRun.Engine.Images.Documents;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Build.Stages;

/// <summary>Instructions that change what an image says and none of its files. Pure.</summary>
public sealed class ConfigSteps(SourceText source, StageScope scope)
{
    /// <summary>Carries an instruction out.</summary>
    /// <returns>The configuration afterwards and the history's text; null where the instruction is about files.</returns>
    /// <exception cref="DockerfileException">A word cannot be expanded, or is not what the instruction takes.</exception>
    public ConfigChange? Apply(Instruction instruction, StageState state)
    {
        ImageConfig config = state.Config;
        VariableLookup variables = scope.Lookup(config.Env);
        return instruction switch
        {
            ArgInstruction arg => new ConfigChange(config, $"ARG {string.Join(' ', scope.Declare(arg, config.Env))}"),
            EnvInstruction env => Env(config, env, variables),
            LabelInstruction label => Label(config, label, variables),
            MaintainerInstruction maintainer => new ConfigChange(config, $"MAINTAINER {Text(maintainer.Author, variables)}") { Author = Text(maintainer.Author, variables) },
            UserInstruction user => User(config, user, variables),
            ExposeInstruction expose => Expose(config, expose, variables),
            VolumeInstruction volume => Volume(config, volume, variables),
            StopSignalInstruction signal => StopSignal(config, signal, variables),
            ShellInstruction shell => new ConfigChange(config with { Shell = shell.Shell }, $"SHELL [{string.Join(' ', shell.Shell)}]"),
            CmdInstruction cmd => Command(config, cmd.Command.With(state.Shell)),
            EntrypointInstruction entrypoint => Entrypoint(config, entrypoint.Command.With(state.Shell), state.HasOwnCommand),
            HealthcheckInstruction health => new ConfigChange(config with { Healthcheck = health.Check }, $"HEALTHCHECK {HistoryText.List(health.Check.Test)}"),
            OnbuildInstruction onbuild => new ConfigChange(config with { OnBuild = [.. config.OnBuild, onbuild.Trigger.Text] }, $"ONBUILD {onbuild.Trigger.Text}"),
            _ => null,
        };
    }

    private string Text(SourceWord word, VariableLookup variables) => scope.Expander.Expand(word, variables);

    /// <summary>All values are expanded before any is set: "ENV a=1 b=$a" sees the a of before.</summary>
    private ConfigChange Env(ImageConfig config, EnvInstruction instruction, VariableLookup variables)
    {
        var environment = new EnvironmentList(config.Env);
        List<string> shown = [];
        foreach (KeyWithValue pair in instruction.Variables)
        {
            string variable = $"{Text(pair.Key, variables)}={Text(pair.Value!.Value, variables)}";
            environment.Set(variable);
            shown.Add(variable);
        }

        return new ConfigChange(config with { Env = environment.ToList() }, $"ENV {string.Join(' ', shown)}") { Parts = shown };
    }

    private ConfigChange Label(ImageConfig config, LabelInstruction instruction, VariableLookup variables)
    {
        List<KeyValuePair<string, string>> labels = [.. config.Labels];
        List<string> shown = [];
        foreach (KeyWithValue pair in instruction.Labels)
        {
            string key = Text(pair.Key, variables);
            string value = Text(pair.Value!.Value, variables);
            Labels.Set(labels, key, value);
            shown.Add($"{key}={value}");
        }

        return new ConfigChange(config with { Labels = labels }, $"LABEL {string.Join(' ', shown)}");
    }

    private ConfigChange User(ImageConfig config, UserInstruction instruction, VariableLookup variables)
    {
        string user = Text(instruction.User, variables);
        if (user.Length == 0)
        {
            throw source.Error(instruction.User, "USER requires a user; it is blank once its variables are replaced");
        }

        UserText.Check(source, instruction.User, user);
        return new ConfigChange(config with { User = user }, $"USER {user}");
    }

    private ConfigChange Expose(ImageConfig config, ExposeInstruction instruction, VariableLookup variables)
    {
        List<string> added = [];
        foreach (SourceWord word in instruction.Ports)
        {
            foreach (string port in scope.Expander.ExpandToWords(word, variables))
            {
                added.AddRange(PortRange.Parse(source, word, port));
            }
        }

        return new ConfigChange(config with { ExposedPorts = config.ExposedPorts.Union(added).ToList() }, $"EXPOSE [{string.Join(' ', added)}]");
    }

    private ConfigChange Volume(ImageConfig config, VolumeInstruction instruction, VariableLookup variables)
    {
        List<string> added = instruction.Paths.Select(path => Text(path, variables).Trim()).ToList();
        if (added.FindIndex(path => path.Length == 0) is var empty and >= 0)
        {
            throw source.Error(instruction.Paths[empty], "VOLUME specified can not be an empty string");
        }

        return new ConfigChange(config with { Volumes = config.Volumes.Union(added).ToList() }, $"VOLUME [{string.Join(' ', added)}]");
    }

    private ConfigChange StopSignal(ImageConfig config, StopSignalInstruction instruction, VariableLookup variables)
    {
        string signal = Text(instruction.Signal, variables);
        return Signals.TryParse(signal, out _)
            ? new ConfigChange(config with { StopSignal = signal }, $"STOPSIGNAL {signal}")
            : throw source.Error(instruction.Signal, $"invalid signal: {signal}");
    }

    private static ConfigChange Command(ImageConfig config, IReadOnlyList<string> words) =>
        new(config with { Cmd = words }, $"CMD {HistoryText.List(words)}") { SetsCommand = true };

    /// <summary>An inherited CMD was written for another entrypoint.</summary>
    private static ConfigChange Entrypoint(ImageConfig config, IReadOnlyList<string> words, bool keepCommand) =>
        new(config with { Entrypoint = words, Cmd = keepCommand ? config.Cmd : [] }, $"ENTRYPOINT {HistoryText.List(words)}");
}
