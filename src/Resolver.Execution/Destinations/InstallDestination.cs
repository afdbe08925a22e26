using Resolver.Interpreters;
using Resolver.Packaging.Names;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Execution.Destinations;

/// <summary>Where a plan is installed: a closed set of cases, named as pip's options.</summary>
public abstract record InstallDestination
{
    private InstallDestination() { }

    /// <summary>A prefix, laid out as the interpreter's <c>sysconfig</c> says; or a template of such
    /// (<see cref="PrefixTemplate"/>), one for each project.</summary>
    public sealed record Prefix(string Folder) : InstallDestination;

    /// <summary>One folder that holds packages directly; scripts go to its <c>bin</c>.</summary>
    public sealed record Target(string Folder) : InstallDestination;

    /// <summary>Another root of the file system, as for packaging: the files lie below it as they would below
    /// <c>/</c>.</summary>
    /// <param name="Folder">The root.</param>
    /// <param name="PrefixBelow">The prefix below it, absolute as seen from inside, or a template; null for the
    /// interpreter's own.</param>
    public sealed record Root(string Folder, string? PrefixBelow = null) : InstallDestination;

    /// <summary>The folder everything is written below, absolute.</summary>
    public string Base =>
        Path.GetFullPath(
            this switch
            {
                Prefix prefix => PrefixTemplate.Is(prefix.Folder)
                    ? PrefixTemplate.BaseOf(prefix.Folder)
                    : prefix.Folder,
                Target target => target.Folder,
                Root root => root.Folder,
                _ => throw new InvalidOperationException(),
            }
        );

    /// <summary>Whether each project has a place of its own in it.</summary>
    public bool IsTemplate => Template is not null;

    /// <summary>Where a project goes: the destination itself, unless it is a template.</summary>
    public InstallDestination Of(PackageName name, Version version) =>
        this switch
        {
            Prefix when Template is { } template => new Prefix(PrefixTemplate.Fill(template, name, version)),
            Root root when Template is { } template => root with
            {
                PrefixBelow = PrefixTemplate.Fill(template, name, version),
            },
            _ => this,
        };

    /// <summary>Where packages lie (purelib, then platlib), absolute, each once. Of a template: in all its prefixes
    /// that are there, of one project the latest version first.</summary>
    public IReadOnlyList<string> SiteFolders(Interpreter interpreter) =>
        this is Target
            ? [Base]
            :
            [
                .. Prefixes()
                    .SelectMany(prefix =>
                        (string[])[Below(interpreter, prefix, "purelib"), Below(interpreter, prefix, "platlib")]
                    )
                    .Distinct(StringComparer.Ordinal),
            ];

    /// <summary>Where scripts go, absolute; a template has no such place (<see cref="Of"/>).</summary>
    public string ScriptFolder(Interpreter interpreter) =>
        this is Target
            ? Path.Combine(Base, OperatingSystem.IsWindows() ? "Scripts" : "bin")
            : Below(interpreter, Prefixes().Single(), "scripts");

    /// <summary>Where a wheel's data files go, absolute; a template has no such place (<see cref="Of"/>).</summary>
    public string DataFolder(Interpreter interpreter) =>
        this is Target ? Base : Below(interpreter, Prefixes().Single(), "data");

    /// <summary>pip's arguments for it.</summary>
    /// <param name="stage">For a target: the empty folder pip installs into, as it cannot add to one that has
    /// something (<see cref="StagedTarget"/>).</param>
    internal IReadOnlyList<string> Arguments(string stage) =>
        this switch
        {
            Prefix => [$"--prefix={Base}"],
            Target => [$"--target={stage}"],
            Root { PrefixBelow: { } prefix } => [$"--root={Base}", $"--prefix={prefix}"],
            Root => [$"--root={Base}"],
            _ => throw new InvalidOperationException(),
        };

    private string? Template =>
        this switch
        {
            Prefix prefix when PrefixTemplate.Is(prefix.Folder) => prefix.Folder,
            Root { PrefixBelow: { } below } when PrefixTemplate.Is(below) => below,
            _ => null,
        };

    /// <summary>The first place of this destination, as pip writes to it, that a symbolic link puts out of it, or to
    /// another depth, so that the paths of RECORDs would lead elsewhere; null where there is none. A template has no
    /// such places (<see cref="Of"/>).</summary>
    internal string? Misplaced(Interpreter interpreter)
    {
        if (this is Target)
            return null;
        var places = new RealPaths(Base);
        return Prefixes()
            .SelectMany(prefix =>
                ((string[])["purelib", "platlib", "scripts", "data"]).Select(key => Written(interpreter, prefix, key))
            )
            .FirstOrDefault(written => places.FolderBelow(written) is not { } real || Depth(real) != Depth(written));

        static int Depth(string path) =>
            path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Length;
    }

    // A prefix below a root is absolute as seen from inside; below the root it is that path without its own root.
    // Null: the interpreter's own.
    private IReadOnlyList<string?> Prefixes() =>
        this switch
        {
            Root root when Template is { } template =>
            [
                .. PrefixTemplate.Existing(Path.Combine(Base, WithoutRoot(template))),
            ],
            Root { PrefixBelow: { } below } => [Path.Combine(Base, WithoutRoot(below))],
            Root => [null],
            _ when Template is { } template => [.. PrefixTemplate.Existing(template)],
            _ => [Base],
        };

    // By a link inside the destination (lib64, which leads to lib) everything goes by the name it leads to.
    private string Below(Interpreter interpreter, string? prefix, string key)
    {
        var written = Written(interpreter, prefix, key);
        return new RealPaths(Base).FolderBelow(written) ?? written;
    }

    private string Written(Interpreter interpreter, string? prefix, string key) =>
        Path.GetFullPath(
            Path.Combine(prefix ?? Path.Combine(Base, WithoutRoot(interpreter.Prefix)), interpreter.PrefixLayout[key])
        );

    private static string WithoutRoot(string path)
    {
        var full = Path.GetFullPath(path);
        return full[Path.GetPathRoot(full)!.Length..];
    }
}
