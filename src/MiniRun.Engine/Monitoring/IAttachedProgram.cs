using MiniRun.Linux.Files;

namespace MiniRun.Engine.Monitoring;

/// <summary>What clients can do with the program.</summary>
internal interface IAttachedProgram
{
    /// <summary>Whether it takes more input now; while not, no client is listened to.</summary>
    bool TakesInput { get; }

    void Input(ReadOnlySpan<byte> bytes);

    /// <summary>The client that gave input will give no more.</summary>
    void EndInput();

    void Resize(TerminalSize size);

    void Signal(int signal);

    /// <summary>It is about to be ended by hand.</summary>
    void StopAsked();
}
