using MiniRun.Linux;
using MiniRun.Oci.Grammar;
using MiniRun.Oci.Output;

namespace MiniRun.Oci;

/// <summary>The program minirun-oci, and `minirun oci`: runc's command line over MiniRun.Runtime.</summary>
public static class OciProgram
{
    /// <summary>Carries out a command line; returns the exit status: 1 on any error, as runc, or the program's.</summary>
    public static int Run(string[] arguments)
    {
        RuncLog log = new(path: null, json: false);
        try
        {
            Invocation invocation = CommandLine.Parse(arguments);
            log = RuncLog.From(invocation.Global);
            return Run(invocation);
        }
        catch (MiniRunException e)
        {
            log.Error(e.Message);
            return 1;
        }
    }

    private static int Run(Invocation invocation)
    {
        if (invocation.Global.Has("version"))
        {
            StandardStream.Out(VersionText.Text());
            return 0;
        }

        if (invocation.Verb is not { } verb || invocation.Global.Has("help"))
        {
            StandardStream.Out(HelpText.Program());
            return 0;
        }

        if (invocation.Options.Has("help"))
        {
            StandardStream.Out(HelpText.Of(verb));
            return 0;
        }

        return verb.Run(invocation);
    }
}
