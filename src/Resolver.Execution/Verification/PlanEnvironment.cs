using Resolver.Interpreters;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Verification;

/// <summary>Whether a plan, perhaps read from a file, was made for this interpreter.</summary>
public static class PlanEnvironment
{
    /// <summary>The first difference that matters, or null. A bugfix release of the same Python and another kernel
    /// matter not: what is built fits.</summary>
    public static string? Difference(Plan plan, Interpreter interpreter)
    {
        var actual = interpreter.Environment;
        return Compare(
                "Python",
                MinorOf(plan.Environment.GetValueOrDefault("python_full_version")),
                MinorOf(actual.PythonFullVersion)
            )
            ?? Compare(
                "implementation",
                plan.Environment.GetValueOrDefault("implementation_name"),
                actual.ImplementationName
            )
            ?? Compare("platform", plan.Environment.GetValueOrDefault("sys_platform"), actual.SysPlatform)
            ?? Compare("machine", plan.Environment.GetValueOrDefault("platform_machine"), actual.PlatformMachine);

        string? Compare(string what, string? planned, string? found) =>
            planned is null || planned == found
                ? null
                : $"the plan is for {what} {Processes.TerminalText.OneLine(planned)}, and {interpreter.Executable} is {found}: plan again for it";
    }

    private static string? MinorOf(string? fullVersion) =>
        fullVersion is null ? null : string.Join('.', fullVersion.Split('.').Take(2));
}
