namespace Resolver.Packaging.Distributions;

/// <summary>Where a distribution lies: a file or an unpacked tree, and a project's folder inside it where it is not
/// at the top. Its text is <c>FILE</c> or <c>FILE#subdirectory=REL</c>.</summary>
/// <remarks>A <c>#</c> alone is part of the file's name, so a folder called <c>C#</c> is nothing special. Where the
/// file's own path contains <c>#subdirectory=</c>, its text ends with an empty <c>#subdirectory=</c>: the last one
/// counts, so that every path can be written and read back.</remarks>
/// <param name="File">The path of the file or tree, with <c>/</c>.</param>
/// <param name="Subdirectory">The project's folder inside, with <c>/</c>; null where the project is at the
/// top.</param>
public readonly record struct DistributionPath(string File, string? Subdirectory = null)
{
    private const string Mark = "#subdirectory=";

    /// <summary>The last part of <see cref="File"/>.</summary>
    public string FileName => File[(File.LastIndexOf('/') + 1)..];

    /// <summary>The part of the text behind the file, <c>#</c> included, as a URL takes it; empty where the project
    /// is at the top.</summary>
    public string Fragment => Subdirectory is null ? "" : Mark + Subdirectory;

    /// <summary>Reads a text. Any text is a path.</summary>
    public static DistributionPath Parse(string text) =>
        text.LastIndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at
            ? new(text[..at], at + Mark.Length == text.Length ? null : text[(at + Mark.Length)..])
            : new(text);

    /// <summary>What <see cref="Parse"/> reads.</summary>
    public override string ToString() =>
        Subdirectory is null && File.Contains(Mark, StringComparison.Ordinal) ? File + Mark : File + Fragment;
}
