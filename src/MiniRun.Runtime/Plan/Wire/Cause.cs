namespace MiniRun.Runtime.Plan.Wire;

/// <summary>Mirrors <c>enum cause</c> of plan.h: what errno alone does not say.</summary>
public enum Cause : uint
{
    None = 0,
    BadPlan = 1,
    ProgramMissing = 2,
    ProgramNotExecutable = 3,
    ProgramIsDirectory = 4,
    InterpreterMissing = 5,
    LoaderMissing = 6,
    WrongArchitecture = 7,
    NotAProgram = 8,
    SymlinkRefused = 9,
    NotProcfs = 10,
    WrongNode = 11,
    OutsideRoot = 12,
    RootFlags = 13,
    HookFailed = 14,
    HookTimeout = 15,
}
