using Resolver.Archives.Distributions;
using Resolver.Archives.Files;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Tags;

namespace Resolver.Interpreters;

/// <summary>What one Python interpreter said of itself when it was asked, with its start-up files active.</summary>
public sealed record Interpreter
{
    /// <summary>The executable as it names itself (<c>sys.executable</c>).</summary>
    public required string Executable { get; init; }

    public required MarkerEnvironment Environment { get; init; }

    public required SupportedTags Tags { get; init; }

    /// <summary><c>sys.prefix</c>.</summary>
    public required string Prefix { get; init; }

    /// <summary><c>sys.base_prefix</c>: of a virtual environment, the prefix it was made from.</summary>
    public string BasePrefix { get; init; } = "";

    /// <summary>Where a <c>--prefix</c> install puts packages, relative to the prefix, with <c>/</c>: purelib,
    /// platlib, scripts, data (such as <c>lib/python3.11/site-packages</c>; Debian's own layout where
    /// <c>sysconfig</c> says so).</summary>
    public required IReadOnlyDictionary<string, string> PrefixLayout { get; init; }

    /// <summary><c>sys.path</c>, in order.</summary>
    public required IReadOnlyList<string> SearchPath { get; init; }

    /// <summary>What its own <c>importlib.metadata</c> finds, first hit a name first; shadowed ones carry a problem
    /// <c>shadowed</c>.</summary>
    public required IReadOnlyList<Distribution> Installed { get; init; }

    /// <summary>Version text of the pip it can run itself, or null.</summary>
    public string? PipVersion { get; init; }

    /// <summary>Whether the installation is marked EXTERNALLY-MANAGED (PEP 668).</summary>
    public bool ExternallyManaged { get; init; }

    /// <summary>What the interpreter could not tell of what is installed (a finder that failed), or null.</summary>
    public string? InstalledError { get; init; }

    /// <summary>Asks an interpreter: one process, with the caller's environment less <c>PIP_*</c>, without <c>-I</c>,
    /// <c>-E</c> or <c>-S</c>.</summary>
    /// <param name="executable">A path, or a name looked up on PATH.</param>
    /// <param name="extraSearchPath">Directories put before PYTHONPATH for this question, such as the site
    /// directories of a prefix.</param>
    /// <exception cref="InterpreterException">There is none, it does not start, or what it says cannot be
    /// read.</exception>
    public static Task<Interpreter> ProbeAsync(
        string executable,
        IReadOnlyList<string> extraSearchPath,
        CancellationToken cancellation = default
    ) => InterpreterProbe.AskAsync(executable, extraSearchPath, InterpreterProbe.Patience, cancellation);

    /// <summary>As above, from what an earlier question brought where nothing that decides the answer has changed;
    /// then no process is started.</summary>
    /// <param name="cache">Where answers are kept.</param>
    /// <param name="installed">Whether it matters what is installed; where it does not, <see cref="Installed"/> may
    /// be empty, and what only a question can tell of it (a custom finder) is no reason to ask.</param>
    /// <exception cref="InterpreterException">There is none, it does not start, or what it says cannot be
    /// read.</exception>
    public static Task<Interpreter> ProbeAsync(
        string executable,
        IReadOnlyList<string> extraSearchPath,
        InterpreterCache cache,
        bool installed,
        CancellationToken cancellation = default
    ) => ProbeAsync(executable, extraSearchPath, cache, installed, mayBeRead: false, cancellation);

    /// <summary>As above; where it does not matter what is installed, and <paramref name="mayBeRead"/>, an
    /// installation that says what it is (PEP 739) is not run at all.</summary>
    /// <param name="mayBeRead">Whether neither its pip nor its <see cref="SearchPath"/> is needed: what is only read
    /// does not tell them.</param>
    /// <exception cref="InterpreterException">There is none, it does not start, or what it says cannot be
    /// read.</exception>
    public static async Task<Interpreter> ProbeAsync(
        string executable,
        IReadOnlyList<string> extraSearchPath,
        InterpreterCache cache,
        bool installed,
        bool mayBeRead,
        CancellationToken cancellation = default
    )
    {
        if (!installed && mayBeRead && StaticInterpreter.TryRead(executable) is { } read)
            return read;
        if (cache.QuestionFor(executable, extraSearchPath) is not { } question)
            return await ProbeAsync(executable, extraSearchPath, cancellation);
        if (cache.Find(question, installed) is { } known)
            return known;
        var time = FileIdentity.Now();
        var answer = await InterpreterProbe.AnswerAsync(
            executable,
            extraSearchPath,
            InterpreterProbe.Patience,
            cancellation
        );
        cache.Keep(question, answer, time);
        return InterpreterProbe.Read(answer, executable);
    }
}
