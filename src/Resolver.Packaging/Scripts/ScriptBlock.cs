namespace Resolver.Packaging.Scripts;

/// <summary>One block of inline metadata, <c># /// TYPE</c> to <c># ///</c> (PEP 723).</summary>
/// <param name="Type">ASCII letters, digits and hyphens.</param>
/// <param name="Line">Line of the opening, from 1; the content begins on the next.</param>
/// <param name="Content">The lines between without their comment signs, each ended by <c>\n</c>.</param>
public sealed record ScriptBlock(string Type, int Line, string Content);
