using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.References;
using Resolver.Packaging.Requirements;

namespace Resolver.Packaging.RequirementFiles;

/// <summary>What a line asks for: a closed set of cases.</summary>
public abstract record RequirementTarget
{
    private RequirementTarget() { }

    /// <summary>Reads an argument of <c>pip install</c>, or the first part of a line of a requirement file.</summary>
    /// <param name="isEditable">Whether it was given by <c>-e</c>: then a name alone is a folder.</param>
    public static ParseResult<RequirementTarget> TryParse(string text, bool isEditable = false) =>
        RequirementTargetParser.Parse(text, isEditable);

    /// <summary>A dependency specifier (PEP 508), <c>name @ URL</c> included.</summary>
    public sealed record Named(Requirement Requirement) : RequirementTarget
    {
        /// <inheritdoc/>
        public override string ToString() => Requirement.ToString();
    }

    /// <summary>A file or folder: <c>./x.whl</c>, <c>../project[extra]</c>, <c>x-1.0.tar.gz</c>.</summary>
    /// <param name="Path">As written, without extras and marker; relative to the working directory, as pip takes it,
    /// not to the file.</param>
    /// <param name="Extras">In the order written.</param>
    /// <param name="Marker">The condition, or null.</param>
    public sealed record Local(string Path, IReadOnlyList<ExtraName> Extras, Marker? Marker) : RequirementTarget
    {
        /// <inheritdoc/>
        public override string ToString() => $"{Path}{Suffix(Extras)}{(Marker is null ? "" : $" ; {Marker}")}";
    }

    /// <summary>A bare URL, with <c>file:</c> and those of version control (<c>git+https:</c>).</summary>
    /// <param name="Url">As written, fragment included, without extras and marker.</param>
    /// <param name="Extras">In the order written.</param>
    /// <param name="Marker">The condition, or null.</param>
    public sealed record Link(string Url, IReadOnlyList<ExtraName> Extras, Marker? Marker) : RequirementTarget
    {
        /// <summary>The URL, parsed, or why it is malformed. As for pip, <c>file:x</c> without slashes is relative to
        /// the working directory here, where no name stands before it.</summary>
        public ParseResult<FileReference> Reference => new FileReferenceParser(Url, allowRelative: true).Read();

        /// <summary>The value of a key of the fragment (<c>egg</c>, <c>subdirectory</c>, <c>sha256</c>), decoded;
        /// null where there is none.</summary>
        public string? Fragment(string key)
        {
            var at = Url.IndexOf('#', StringComparison.Ordinal);
            if (at < 0)
                return null;
            foreach (var part in Url[(at + 1)..].Split('&'))
            {
                if (part.StartsWith(key + "=", StringComparison.Ordinal))
                    return Uri.UnescapeDataString(part[(key.Length + 1)..]);
            }
            return null;
        }

        /// <inheritdoc/>
        public override string ToString() => $"{Url}{Suffix(Extras)}{(Marker is null ? "" : $" ; {Marker}")}";
    }

    private static string Suffix(IReadOnlyList<ExtraName> extras) =>
        extras.Count == 0 ? "" : $"[{string.Join(",", extras)}]";
}
