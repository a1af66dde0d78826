using MiniRun.Engine.Build.Stages;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Images;
using MiniRun.Engine.Options;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Linux.Users;
using MiniRun.Runtime;
using MiniRun.Runtime.Lifecycle;
using MiniRun.Runtime.Plan;

namespace MiniRun.Engine.Build.Steps;

/// <summary>
/// The container of one RUN, made as `minirun run` makes its own: the same bundle, default profile and capabilities. Its root is
/// the step's, and nothing is left of it but the changes there.
/// </summary>
internal sealed class BuildContainer(BuildSession session, StageState state, StepRoot root)
{
    private const uint Executable = 0x1ed; // 0755

    /// <exception cref="MiniRunException">The program failed or could not be started.</exception>
    /// <exception cref="OperationCanceledException">The build was interrupted, and the program ended.</exception>
    internal void Run(BuildProgram program)
    {
        UserIdentity user;
        using (FileDescriptor image = root.Open())
        {
            root.Stubs = MountTargets.Missing(image);
            user = UserDatabase.Read(image).Resolve(state.Config.User);
        }

        ContainerId id = ContainerStore.NewId();
        try
        {
            Execute(Prepare(program, user, id), program);
        }
        finally
        {
            session.Containers.Remove(id);
        }
    }

    private PreparedContainer Prepare(BuildProgram program, UserIdentity user, ContainerId id)
    {
        var image = new Image("build", root.Lower, state.Config with { Entrypoint = [], Cmd = program.Words });
        PreparedContainer prepared = new ContainerPreparation(session.Containers.Data).Prepare(Request(program, user), image, MountedImages.None, id, trace: null);
        return prepared.WhyCopied is { } reason
            ? throw new MiniRunException($"building needs overlayfs: {reason}")
            : prepared with { Create = prepared.Create with { Root = new RootSource.Overlay(root.Lower, root.Upper, root.Work) } };
    }

    private RunRequest Request(BuildProgram program, UserIdentity user)
    {
        List<EnvironmentVariable> environment = [];
        foreach (string argument in program.Arguments)
        {
            environment.Add(EnvironmentVariable.Parse(argument, "--build-arg"));
        }

        foreach ((string name, string value) in program.Proxies)
        {
            environment.Add(new EnvironmentVariable(name, value));
        }

        if (!state.Config.Env.Any(variable => variable.StartsWith("HOME=", StringComparison.Ordinal)))
        {
            environment.Add(new EnvironmentVariable("HOME", user.Home));
        }

        return new RunRequest
        {
            Image = "build",
            Process = new ProcessChoices
            {
                // Numbers: names were looked up in all of the stage's layers.
                User = $"{user.Uid}:{user.Gid}",
                AdditionalGroups = user.SupplementaryGroups.Select(group => $"{group}").ToList(),
                Environment = environment,
            },
            Files = new FileChoices { Mounts = program.Script is null ? [] : [ScriptMount(program)] },
            Namespaces = new NamespaceChoices { Network = program.Network },
        };
    }

    private BindMount ScriptMount(BuildProgram program)
    {
        string path = session.NewPath();
        FileReplacement.Write(path, program.Script, Executable);
        return new BindMount { Source = path, Resolved = ResolvedPath.Of(path), Destination = program.ScriptPath, ReadOnly = true, MakeSource = false, Origin = "RUN <<" };
    }

    private void Execute(PreparedContainer prepared, BuildProgram program)
    {
        ContainerId id = prepared.Create.Id;
        session.Containers.Write(new ContainerRecord
        {
            Id = id,
            Name = session.Containers.Add(id, null),
            Image = "build",
            Command = program.Words,
            Created = DateTimeOffset.UtcNow,
        });
        new NetworkFiles(session.Containers).Write(prepared);
        using ProgramOutput output = session.Request.Quiet ? ProgramOutput.Kept(session.NewPath()) : ProgramOutput.Shown();
        using CancellationTokenRegistration interruption = session.Cancellation.Register(() => Kill(id));
        CreateRequest create = prepared.Create with { Streams = prepared.Create.Streams with { Output = output.Descriptor, Error = output.Descriptor } };
        ExitReport report = session.Runtime.Run(create, new RunOptions { ForwardSignals = false, OnStarted = _ => KillIfInterrupted(id) });
        session.Cancellation.ThrowIfCancellationRequested();
        if (report.Status != 0)
        {
            string remark = OutOfMemory.Remark(report, prepared.Bundle.Spec.Linux.Resources) is { } memory ? $" ({memory})" : "";
            throw new MiniRunException($"process \"{program.Shown}\" did not complete successfully: exit code: {report.Status}{remark}{output.Tail()}");
        }
    }

    /// <summary>An interruption while the container was being made has found nothing to kill.</summary>
    private void KillIfInterrupted(ContainerId id)
    {
        if (session.Cancellation.IsCancellationRequested)
        {
            Kill(id);
        }
    }

    private void Kill(ContainerId id)
    {
        try
        {
            session.Runtime.Kill(id, Signals.SIGKILL);
        }
        catch (MiniRunException)
        {
            // It has ended already, or not begun: then its end, or the next step's beginning, sees the interruption.
        }
    }
}
