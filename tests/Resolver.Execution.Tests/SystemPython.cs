using Resolver.Interpreters;
using Xunit;

namespace Resolver.Execution.Tests;

/// <summary>Debian's Python, which has the build backends that <c>.ci/run</c> installs.</summary>
internal static class SystemPython
{
    private const string Executable = "/usr/bin/python3";

    /// <summary>Skips the test where the machine lacks a module.</summary>
    public static async Task<Interpreter> WithAsync(params string[] modules)
    {
        Assert.SkipUnless(File.Exists(Executable), $"there is no {Executable}");
        foreach (var module in modules)
        {
            var found = await Python.RunAsync(
                Executable,
                [
                    "-c",
                    $"import importlib.util as i\ntry: print(i.find_spec('{module}') is not None)\nexcept ImportError: print(False)",
                ]
            );
            Assert.SkipUnless(found.Trim() == "True", $"{Executable} has no {module}");
        }
        return await Interpreter.ProbeAsync(Executable, []);
    }
}
