namespace Resolver.Sat.Boolean;

/// <summary>Why a text is no DIMACS formula.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Expected">What should have stood there.</param>
/// <param name="Found">What stood there; empty at the end of the text.</param>
public sealed record DimacsError(int Line, string Expected, string Found)
{
    public override string ToString() =>
        $"line {Line}: expected {Expected}, found {(Found.Length == 0 ? "the end" : $"'{Found}'")}";
}
