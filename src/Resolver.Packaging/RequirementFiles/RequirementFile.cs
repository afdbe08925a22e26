using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.RequirementFiles;

/// <summary>A requirement file in pip's grammar, with what it includes (<c>-r</c>, <c>-c</c>) expanded in its
/// place.</summary>
/// <remarks>Surprises of the format:
/// <list type="bullet">
/// <item>A '#' is a comment only at the start or after white space, quotes or not; a comment line cannot be
/// continued, but ends a continued one.</item>
/// <item>Only the part from the first word that begins with '-' is split as a shell would; markers before it keep
/// their quotes.</item>
/// <item><c>-r</c> and <c>-c</c> are relative to the file that holds them; paths of requirements are relative to the
/// working directory.</item>
/// <item>Within a file given by <c>-c</c>, <c>-r</c> includes requirements again, not constraints.</item>
/// <item>Options may be abbreviated to a prefix that only one of them has.</item>
/// <item><c>./x.whl</c> is a path, <c>x.whl</c> too, and <c>name @ ./x.whl</c> is neither: PEP 508 wants a URL
/// there.</item>
/// </list>
/// Immutable; safe to share between threads.</remarks>
public sealed class RequirementFile
{
    internal RequirementFile(
        string path,
        IReadOnlyList<RequirementLine> lines,
        IReadOnlyList<DocumentError> errors,
        IReadOnlyList<DocumentError> warnings
    ) => (Path, Lines, Errors, Warnings) = (path, lines, errors, warnings);

    /// <summary>The outermost file, as given.</summary>
    public string Path { get; }

    /// <summary>Everything said, in order, includes expanded.</summary>
    public IReadOnlyList<RequirementLine> Lines { get; }

    /// <summary>Requirements and constraints among <see cref="Lines"/>, in order.</summary>
    public IEnumerable<RequirementLine.Dependency> Dependencies => Lines.OfType<RequirementLine.Dependency>();

    /// <summary>Options among <see cref="Lines"/>, in order.</summary>
    public IEnumerable<RequirementLine.Setting> Settings => Lines.OfType<RequirementLine.Setting>();

    /// <summary>Lines that could not be read, files that could not be opened, cycles: each with its place, in reading
    /// order. The lines concerned are left out.</summary>
    public IReadOnlyList<DocumentError> Errors { get; }

    /// <summary>What pip ignores silently or with a warning.</summary>
    public IReadOnlyList<DocumentError> Warnings { get; }

    /// <summary>Reads a file and what it includes.</summary>
    /// <param name="path">The outermost file.</param>
    /// <param name="open">Gives the bytes of a file, or null where it cannot be read; called with
    /// <paramref name="path"/> and with paths or URLs joined to it.</param>
    /// <param name="environment">Gives the value of an environment variable, or null; null for this parameter means
    /// the process's own.</param>
    /// <param name="areConstraints">Whether the file was given by <c>-c</c>.</param>
    /// <returns>Always an answer; see <see cref="Errors"/>.</returns>
    public static RequirementFile Read(
        string path,
        Func<string, byte[]?> open,
        Func<string, string?>? environment = null,
        bool areConstraints = false
    ) => new RequirementFileReader(open, environment ?? Environment.GetEnvironmentVariable).Read(path, areConstraints);
}
