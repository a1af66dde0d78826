using MiniRun.Engine.Build.Arguments;
using MiniRun.Engine.Build.Contexts;
using MiniRun.Engine.Build.Copying;
using MiniRun.Engine.Build.Dockerfiles;
using MiniRun.Engine.Build.Dockerfiles.Expansion;
using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Dockerfiles.Source;
using MiniRun.Engine.Build.Patterns;
using MiniRun.Engine.Build.Stages;
using MiniRun.Linux;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Steps;

/// <summary>Builds one stage: the triggers of the image it begins with, then its own instructions, one after the other.</summary>
internal sealed class StageBuilder(BuildSession session, BuildContext context, StageSources sources, BuildProgress progress, StageScope scope)
{
    /// <exception cref="MiniRunException">A step failed: the message names its line.</exception>
    internal StageState Build(StageState state, IReadOnlyList<Instruction> instructions, string baseName)
    {
        IReadOnlyList<string> triggers = state.Config.OnBuild;
        state = state with { Config = state.Config with { OnBuild = [] } };
        progress.Add(triggers.Count);
        foreach (string trigger in triggers)
        {
            var source = new SourceText($"ONBUILD of {baseName}", trigger);
            state = Step(source, DockerfileReader.ReadTrigger(source), state, new Expander(source, '\\'));
        }

        foreach (Instruction instruction in instructions)
        {
            state = Step(context.Dockerfile.Source, instruction, state, scope.Expander);
        }

        return state;
    }

    private StageState Step(SourceText source, Instruction instruction, StageState state, Expander expander)
    {
        session.Cancellation.ThrowIfCancellationRequested();
        BuildStep step = progress.Begin(instruction.Original);
        try
        {
            StepResult result = Carry(new StepInputs(session, source, scope.With(expander)), instruction, state);
            progress.End(step, result.Outcome);
            return result.State;
        }
        catch (MiniRunException failure) when (failure is not DockerfileException)
        {
            throw source.Error(instruction.Offset, failure);
        }
    }

    private StepResult Carry(StepInputs inputs, Instruction instruction, StageState state) => instruction switch
    {
        RunInstruction run => RunStep.Do(inputs, state, run),
        WorkdirInstruction workdir => WorkdirStep.Do(inputs, state, workdir),
        CopyInstruction { From: { } from } copy => CopyFrom(inputs, state, copy, from),
        CopyInstruction copy => Copy(inputs, state, copy.Operands, context.Files, isAdd: false, "COPY"),
        AddInstruction add => Copy(inputs, state, add.Operands, context.Files, isAdd: true, "ADD"),
        _ => new StepResult(state.With(new ConfigSteps(inputs.Source, inputs.Scope).Apply(instruction, state)!), BuildStepOutcome.Done),
    };

    private StepResult CopyFrom(StepInputs inputs, StageState state, CopyInstruction copy, SourceWord from)
    {
        if (from.Text.Contains('$', StringComparison.Ordinal))
        {
            throw inputs.Source.Error(from, "variable expansion is not supported for --from; define a new stage with FROM, using an ARG from before the first FROM, instead");
        }

        using FileDescriptor root = sources.Open(from.Text);
        return Copy(inputs, state, copy.Operands, new CopySource(root, from.Text, IgnoreRules.None, KeepsOwners: true), isAdd: false, $"COPY --from={from}");
    }

    private static StepResult Copy(StepInputs inputs, StageState state, CopyOperands operands, CopySource files, bool isAdd, string history)
    {
        using var step = new CopyStep(inputs, state, operands, files, isAdd);
        return step.Do(history);
    }
}
