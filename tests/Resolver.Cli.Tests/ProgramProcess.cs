using System.Diagnostics;

namespace Resolver.Cli.Tests;

/// <summary>The program in a process of its own, for tests that kill it, or that must not share its state.</summary>
internal static class ProgramProcess
{
    /// <summary>Starts it; both its streams are to be read.</summary>
    public static Process Start(params IReadOnlyList<string> arguments) => Start([], arguments);

    /// <summary>Starts it with variables beside the machine's.</summary>
    public static Process Start(Dictionary<string, string> variables, params IReadOnlyList<string> arguments) =>
        StartIn(Environment.CurrentDirectory, variables, arguments);

    private static Process StartIn(
        string folder,
        Dictionary<string, string> variables,
        IReadOnlyList<string> arguments,
        bool readsInput = false,
        bool isBound = false
    )
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "resolver.dll"), .. arguments]
        )
        {
            RedirectStandardInput = readsInput,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return Process.Start(isBound ? BoundByRights(start) : start)!;
    }

    /// <summary>The same for a process that the rights of files bind: root is not bound by them, but for one without
    /// two of its capabilities.</summary>
    public static ProcessStartInfo BoundByRights(ProcessStartInfo start)
    {
        if (Environment.UserName != "root")
            return start;
        string[] arguments =
        [
            "--bounding-set=-dac_override,-dac_read_search",
            "--",
            start.FileName,
            .. start.ArgumentList,
        ];
        start.FileName = "setpriv";
        start.ArgumentList.Clear();
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    /// <summary>Runs it to its end, bound by the rights of files.</summary>
    public static Invocation RunBoundByRights(Dictionary<string, string> variables, IReadOnlyList<string> arguments)
    {
        using var process = StartIn(Environment.CurrentDirectory, variables, arguments, isBound: true);
        return Ended(process);
    }

    /// <summary>Runs it to its end.</summary>
    public static Invocation Run(Dictionary<string, string> variables, params IReadOnlyList<string> arguments) =>
        RunIn(Environment.CurrentDirectory, variables, arguments);

    /// <summary>Runs it to its end with a text on its standard input, which is a pipe.</summary>
    public static Invocation RunOn(string input, params IReadOnlyList<string> arguments)
    {
        using var process = StartIn(Environment.CurrentDirectory, [], arguments, readsInput: true);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        try
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of it, and says why.
        }
        process.WaitForExit();
        return new Invocation(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>Runs it to its end in a working directory.</summary>
    public static Invocation RunIn(
        string folder,
        Dictionary<string, string> variables,
        params IReadOnlyList<string> arguments
    )
    {
        using var process = StartIn(folder, variables, arguments);
        return Ended(process);
    }

    private static Invocation Ended(Process process)
    {
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Invocation(process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
