namespace Resolver.Packaging.Tags;

/// <summary>A compatibility tag (PEP 425), lower case.</summary>
/// <param name="Interpreter">Implementation and version, such as <c>cp311</c> or <c>py3</c>.</param>
/// <param name="Abi">Binary interface, such as <c>cp311</c>, <c>abi3</c> or <c>none</c>.</param>
/// <param name="Platform">Such as <c>manylinux_2_17_x86_64</c> or <c>any</c>.</param>
public readonly record struct Tag(string Interpreter, string Abi, string Platform)
{
    /// <summary>The three with hyphens.</summary>
    public override string ToString() => $"{Interpreter}-{Abi}-{Platform}";
}
