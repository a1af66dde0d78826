using MiniRun.Engine.Build.Copying;
using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Stages;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Steps;

/// <summary>WORKDIR: the folder is made for the image's user, and inside the root only, wherever links in the image point (CVE-2026-55686).</summary>
internal static class WorkdirStep
{
    internal static StepResult Do(StepInputs inputs, StageState state, WorkdirInstruction instruction)
    {
        string path = ImagePath.Of(inputs.Scope.Expander.Expand(instruction.Path, inputs.Scope.Lookup(state.Config.Env)), state.WorkingDirectory);
        string history = $"WORKDIR {path}";
        StageState changed = state with { Config = state.Config with { WorkingDir = path } };
        if (path == "/")
        {
            return new StepResult(changed.With(new ConfigChange(changed.Config, history)), BuildStepOutcome.Done);
        }

        StepKey key = state.Key.After("WORKDIR", path);
        return LayerStep.Do(inputs.Session, changed, key, history, root =>
        {
            using FileDescriptor image = root.Open();
            (uint uid, uint gid) = state.Config.User.Length == 0 ? (0, 0) : ImageOwner.Find(image, state.Config.User);
            RootedWalk.MakeFolder(image, path, new MissingFolders(uid, gid)).Dispose();
        });
    }
}
