using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Documents;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Monitoring;

/// <summary>How a container's program is asked to end.</summary>
internal static class StopSignal
{
    private const int DefaultSeconds = 10;

    /// <summary>--stop-signal, else the image's, else SIGTERM. What an image says wrongly is SIGTERM.</summary>
    internal static int Of(RunRequest request, ImageConfig image)
    {
        if (request.Process.StopSignal != 0)
        {
            return request.Process.StopSignal;
        }

        return Signals.TryParse(image.StopSignal, out int signal) ? signal : Signals.SIGTERM;
    }

    /// <summary>The seconds it has then, before SIGKILL; -1 is for ever.</summary>
    internal static int Seconds(RunRequest request) => request.Life.StopTimeout ?? DefaultSeconds;
}
