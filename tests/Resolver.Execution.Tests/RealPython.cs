using Resolver.Interpreters;
using Xunit;

namespace Resolver.Execution.Tests;

/// <summary>The interpreters of this machine.</summary>
internal static class RealPython
{
    /// <summary>Skips the test where there is no such Python.</summary>
    public static Task<Interpreter> AskAsync(string executable = "python3")
    {
        Python.RequirePip();
        Assert.SkipWhen(executable != "python3" && !File.Exists(executable), $"there is no {executable}");
        return Interpreter.ProbeAsync(executable, []);
    }

    /// <summary>A new environment without pip and without any distribution.</summary>
    public static async Task<Interpreter> EmptyEnvironmentAsync(string folder)
    {
        Python.RequirePip();
        await Python.RunAsync(["-m", "venv", "--without-pip", folder]);
        return await AskAsync(Path.Combine(folder, "bin", "python"));
    }
}
