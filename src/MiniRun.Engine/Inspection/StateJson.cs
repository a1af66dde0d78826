using System.Text.Json;
using MiniRun.Engine.Containers;

namespace MiniRun.Engine.Inspection;

/// <summary>"State": what the container does, and how its program has fared.</summary>
internal static class StateJson
{
    internal static void Write(Utf8JsonWriter json, ContainerSummary container)
    {
        ContainerLife? life = container.Life;
        bool restarting = container.Phase == ContainerPhase.Restarting;
        json.WriteStartObject("State"u8);
        json.WriteString("Status"u8, container.PhaseName);
        // docker counts a container that is about to be started again as running.
        json.WriteBoolean("Running"u8, container.Running || restarting);
        json.WriteBoolean("Paused"u8, container.Phase == ContainerPhase.Paused);
        json.WriteBoolean("Restarting"u8, restarting);
        json.WriteBoolean("OOMKilled"u8, !container.Running && life is { OutOfMemory: true });
        json.WriteBoolean("Dead"u8, container.Phase == ContainerPhase.Dead);
        json.WriteNumber("Pid"u8, container.Pid);
        json.WriteNumber("ExitCode"u8, ExitCode(container));
        json.WriteString("Error"u8, container.Running ? "" : life?.Error ?? "");
        json.Time("StartedAt", container.Started);
        json.Time("FinishedAt", life?.Finished);
        if (life?.Health is { } health)
        {
            Write(json, health);
        }

        json.WriteEndObject();
    }

    private static int ExitCode(ContainerSummary container) => container.Phase switch
    {
        ContainerPhase.Exited => container.Life?.ExitCode ?? WaitContainer.UnknownStatus,
        ContainerPhase.Restarting => container.Life?.ExitCode ?? 0,
        _ => 0,
    };

    private static void Write(Utf8JsonWriter json, ContainerHealth health)
    {
        json.WriteStartObject("Health"u8);
        json.WriteString("Status"u8, health.Status);
        json.WriteNumber("FailingStreak"u8, health.FailingStreak);
        json.Objects("Log", health.Log, static (json, result) =>
        {
            json.Time("Start", result.Start);
            json.Time("End", result.End);
            json.WriteNumber("ExitCode"u8, result.ExitCode);
            json.WriteString("Output"u8, result.Output);
        });
        json.WriteEndObject();
    }
}
