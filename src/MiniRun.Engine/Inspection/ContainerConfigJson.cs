using System.Text.Json;
using MiniRun.Engine.Bundles;
using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Documents;

namespace MiniRun.Engine.Inspection;

/// <summary>"Config": the program, as the image and `run` together say it.</summary>
internal static class ContainerConfigJson
{
    internal static void Write(Utf8JsonWriter json, ContainerDetails container)
    {
        RunRequest request = container.Request;
        ImageConfig image = container.Image.Config;
        json.WriteStartObject("Config"u8);
        json.WriteString("Hostname"u8, container.Hostname);
        json.WriteString("Domainname"u8, request.Namespaces.Domainname ?? "");
        json.WriteString("User"u8, request.Process.User ?? image.User);
        WriteStreams(json, request, image);
        json.TextsOrNull("Env", MergedConfig.Env(request.Process, image));
        json.TextsOrNull("Cmd", MergedConfig.Command(request, image));
        if (MergedConfig.Healthcheck(request.Life.Health, image) is { } check)
        {
            ImageConfigWriter.Write(json, check);
        }

        json.WriteString("Image"u8, container.Record.Image);
        WriteVolumes(json, [.. image.Volumes, .. MountsJson.Unnamed(request.Files.Mounts)]);
        json.WriteString("WorkingDir"u8, request.Process.WorkingDirectory ?? image.WorkingDir);
        json.TextsOrNull("Entrypoint", MergedConfig.Entrypoint(request, image));
        // They are for images built from this one, not for containers.
        json.WriteNull("OnBuild"u8);
        json.Map("Labels", MergedConfig.Labels(request.Life.Labels, image));
        WriteStop(json, request, image);
        json.WriteEndObject();
    }

    private static void WriteStreams(Utf8JsonWriter json, RunRequest request, ImageConfig image)
    {
        bool stdin = Attaches(request, "stdin") && request.Process.Interactive;
        json.WriteBoolean("AttachStdin"u8, stdin);
        json.WriteBoolean("AttachStdout"u8, Attaches(request, "stdout"));
        json.WriteBoolean("AttachStderr"u8, Attaches(request, "stderr"));
        if (image.ExposedPorts.Count > 0)
        {
            json.Set("ExposedPorts", image.ExposedPorts);
        }

        json.WriteBoolean("Tty"u8, request.Process.Terminal);
        json.WriteBoolean("OpenStdin"u8, request.Process.Interactive);
        json.WriteBoolean("StdinOnce"u8, stdin);
    }

    private static bool Attaches(RunRequest request, string stream) =>
        !request.Life.Detach && (request.Life.Attach.Count == 0 || request.Life.Attach.Contains(stream));

    private static void WriteVolumes(Utf8JsonWriter json, IReadOnlyList<string> places)
    {
        if (places.Count == 0)
        {
            json.WriteNull("Volumes"u8);
            return;
        }

        json.Set("Volumes", places);
    }

    private static void WriteStop(Utf8JsonWriter json, RunRequest request, ImageConfig image)
    {
        if (MergedConfig.StopSignal(request.Process, image) is { Length: > 0 } signal)
        {
            json.WriteString("StopSignal"u8, signal);
        }

        if (request.Life.StopTimeout is { } seconds)
        {
            json.WriteNumber("StopTimeout"u8, seconds);
        }
    }
}
