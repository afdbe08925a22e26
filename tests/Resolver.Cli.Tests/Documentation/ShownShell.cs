using System.Diagnostics;

namespace Resolver.Cli.Tests.Documentation;

/// <summary>A POSIX shell that a page is typed into: what one command sets or where it goes holds for the
/// next.</summary>
internal sealed class ShownShell : IDisposable
{
    private readonly Process process;
    private readonly string errors;

    /// <param name="folder">Where it begins.</param>
    /// <param name="variables">Its whole environment.</param>
    public ShownShell(string folder, IReadOnlyDictionary<string, string> variables)
    {
        errors = Path.Combine(Path.GetDirectoryName(folder)!, "standard-error");
        var start = new ProcessStartInfo("/bin/sh")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        process = Process.Start(start)!;
    }

    /// <summary>Runs one command to its end.</summary>
    public (int Code, string Output, string Error) Run(string command)
    {
        // The braces keep a command from reading the ones that follow, and are no shell of their own.
        var end = Guid.NewGuid().ToString("N");
        process.StandardInput.Write($"{{ {command}\n}} </dev/null 2>'{errors}'; printf '\\n{end} %d\\n' $?\n");
        process.StandardInput.Flush();
        var output = new List<string>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(end, StringComparison.Ordinal))
            {
                // The end begins a line, whether the output ended one or not.
                var text = string.Join('\n', output);
                return (int.Parse(line[end.Length..]), text, File.ReadAllText(errors));
            }
            output.Add(line);
        }
        process.WaitForExit();
        return (process.ExitCode, string.Join('\n', output), $"the shell ended\n{File.ReadAllText(errors)}");
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
