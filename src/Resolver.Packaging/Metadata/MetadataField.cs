namespace Resolver.Packaging.Metadata;

/// <summary>One field as written in the file.</summary>
/// <param name="Name">As written; fields are compared without regard to case.</param>
/// <param name="Value">Without the white space around it; continuation lines are joined by <c>\n</c> and keep their
/// indentation.</param>
/// <param name="Line">Line of the name, from 1.</param>
public sealed record MetadataField(string Name, string Value, int Line);
