using Resolver.Interpreters;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Execution.Frontends;

/// <summary>A pip that builds and installs for a target interpreter: the interpreter's own, or another's, told
/// <c>--python TARGET</c>.</summary>
/// <param name="Executable">The program to start: absolute, or as the user named it.</param>
/// <param name="Arguments">What stands before pip's own command: <c>-m pip</c>, <c>--python TARGET</c>.</param>
/// <param name="Version">Of pip.</param>
public sealed record PipFrontend(string Executable, IReadOnlyList<string> Arguments, Version Version)
{
    /// <summary>Where trees are built in place, as all later ones do, and everything else a step needs is
    /// there.</summary>
    public static Version OldestOwn { get; } = Version.Parse("21.3");

    /// <summary>The first that takes <c>--python</c>.</summary>
    public static Version OldestForeign { get; } = Version.Parse("22.3");

    /// <summary>The first that takes <c>--config-settings</c>.</summary>
    public static Version OldestWithConfigSettings { get; } = Version.Parse("22.1");

    /// <summary>Finds the pip to use: the named one; else the target's own; else the first <c>python3</c> on PATH
    /// whose pip is new enough.</summary>
    /// <param name="target">The interpreter to build and install for.</param>
    /// <param name="named">What the user gave as <c>--pip</c>: a pip, or a Python that has one (distinguished by the
    /// file's name); null where nothing.</param>
    /// <param name="callerEnvironment">The caller's variables, PATH among them; null for those of this process.</param>
    /// <exception cref="FrontendException">There is none, or the named one is none or too old.</exception>
    public static async Task<PipFrontend> FindAsync(
        Interpreter target,
        string? named = null,
        IReadOnlyDictionary<string, string>? callerEnvironment = null,
        CancellationToken cancellation = default
    )
    {
        var probe = new PipProbe(target, callerEnvironment);
        if (named is not null)
            return await probe.NamedAsync(named, cancellation);

        var seen = new List<string>();
        if (probe.Own(seen) is { } own)
            return own;
        return await probe.OnPathAsync(seen, cancellation)
            ?? throw new FrontendException(
                $"no pip to build and install with: {string.Join("; ", seen)}; install pip {OldestForeign} or later for any python3 on PATH, or name one with --pip"
            );
    }
}
