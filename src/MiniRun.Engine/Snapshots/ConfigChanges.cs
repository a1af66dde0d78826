using MiniRun.Engine.Build.Arguments;
using MiniRun.Engine.Build.Dockerfiles;
using MiniRun.Engine.Build.Dockerfiles.Expansion;
using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Dockerfiles.Source;
using MiniRun.Engine.Build.Stages;
using MiniRun.Engine.Build.Steps;
using MiniRun.Engine.Images.Documents;
using MiniRun.Engine.Images.Names;
using MiniRun.Linux;

namespace MiniRun.Engine.Snapshots;

/// <summary>--change of `commit` and `import`: Dockerfile instructions that change what an image says, and none of its files.</summary>
internal static class ConfigChanges
{
    private const string Option = "--change";
    private static readonly GivenArguments s_noArguments = new(new Dictionary<string, string>());

    /// <summary>Carries them out, one after the other.</summary>
    /// <exception cref="MiniRunException">One is no instruction, or is about files.</exception>
    internal static ImageConfig Apply(ImageConfig config, IReadOnlyList<string> changes)
    {
        StageState state = new() { Platform = Platform.Host, Config = config, Key = StepKey.OfBase(Option) };
        foreach (string change in changes)
        {
            state = state.With(Read(change, state));
        }

        return state.Config;
    }

    private static ConfigChange Read(string change, StageState state)
    {
        var source = new SourceText(Option, change);
        var expander = new Expander(source, '\\');
        Instruction instruction = DockerfileReader.ReadOne(source, "the instruction is empty");
        Dockerfile empty = new() { Source = source, Directives = new ParserDirectives(), GlobalArguments = [], Stages = [] };
        StageScope scope = new(new GlobalScope(empty, expander, s_noArguments, state.Platform, state.Platform), expander);
        if (instruction is WorkdirInstruction workdir)
        {
            string folder = ImagePath.Of(expander.Expand(workdir.Path, scope.Lookup(state.Config.Env)), state.WorkingDirectory);
            return new ConfigChange(state.Config with { WorkingDir = folder }, $"WORKDIR {folder}");
        }

        return (instruction is MaintainerInstruction ? null : new ConfigSteps(source, scope).Apply(instruction, state))
            ?? throw source.Error(0, "CMD, ENTRYPOINT, ENV, EXPOSE, HEALTHCHECK, LABEL, ONBUILD, SHELL, STOPSIGNAL, USER, VOLUME and WORKDIR are what can be changed");
    }
}
