namespace Resolver.Packaging.Specifiers;

/// <summary>One clause: an operator and a version text (PEP 440, "Version specifiers").</summary>
/// <param name="Operator">One of <c>== != &lt;= &gt;= &lt; &gt; ~= ===</c>.</param>
/// <param name="VersionText">The version as normalised text, with <c>.*</c> where it is a prefix match.</param>
public sealed record Specifier(string Operator, string VersionText);
