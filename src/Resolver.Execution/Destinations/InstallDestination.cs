using Resolver.Archives.Interpreters;

namespace Resolver.Execution.Destinations;

/// <summary>Where a plan is installed: a closed set of cases, named as pip's options.</summary>
public abstract record InstallDestination
{
    private InstallDestination() { }

    /// <summary>A prefix, laid out as the interpreter's <c>sysconfig</c> says.</summary>
    public sealed record Prefix(string Folder) : InstallDestination;

    /// <summary>One folder that holds packages directly; scripts go to its <c>bin</c>.</summary>
    public sealed record Target(string Folder) : InstallDestination;

    /// <summary>Another root of the file system, as for packaging: the files lie below it as they would below <c>/</c>.</summary>
    /// <param name="Folder">The root.</param>
    /// <param name="PrefixBelow">The prefix below it, absolute as seen from inside; null for the interpreter's own.</param>
    public sealed record Root(string Folder, string? PrefixBelow = null) : InstallDestination;

    /// <summary>The folder everything is written below, absolute.</summary>
    public string Base => Path.GetFullPath(this switch
    {
        Prefix prefix => prefix.Folder,
        Target target => target.Folder,
        Root root => root.Folder,
        _ => throw new InvalidOperationException(),
    });

    /// <summary>Where packages go (purelib, then platlib), absolute, each once: what a build must have on its path.</summary>
    public IReadOnlyList<string> SiteFolders(Interpreter interpreter) => this is Target
        ? [Base]
        : [.. ((IEnumerable<string>)[Below(interpreter, "purelib"), Below(interpreter, "platlib")]).Distinct(StringComparer.Ordinal)];

    /// <summary>Where scripts go, absolute.</summary>
    public string ScriptFolder(Interpreter interpreter) => this is Target ? Path.Combine(Base, OperatingSystem.IsWindows() ? "Scripts" : "bin") : Below(interpreter, "scripts");

    /// <summary>Where a wheel's data files go, absolute.</summary>
    public string DataFolder(Interpreter interpreter) => this is Target ? Base : Below(interpreter, "data");

    /// <summary>pip's arguments for it.</summary>
    /// <param name="stage">For a target: the empty folder pip installs into, as it cannot add to one that has something (<see cref="StagedTarget"/>).</param>
    internal IReadOnlyList<string> Arguments(string stage) => this switch
    {
        Prefix => [$"--prefix={Base}"],
        Target => [$"--target={stage}"],
        Root { PrefixBelow: { } prefix } => [$"--root={Base}", $"--prefix={prefix}"],
        Root => [$"--root={Base}"],
        _ => throw new InvalidOperationException(),
    };

    // A prefix below a root is absolute as seen from inside; below the root it is that path without its own root.
    private string Below(Interpreter interpreter, string key)
    {
        var prefix = this is Root root ? Path.Combine(Base, WithoutRoot(root.PrefixBelow ?? interpreter.Prefix)) : Base;
        return Path.GetFullPath(Path.Combine(prefix, interpreter.PrefixLayout[key]));
    }

    private static string WithoutRoot(string path)
    {
        var full = Path.GetFullPath(path);
        return full[Path.GetPathRoot(full)!.Length..];
    }
}
