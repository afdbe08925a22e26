namespace Resolver.Packaging.Tags;

/// <summary>A compatibility tag (PEP 425), lower case.</summary>
public readonly record struct Tag(string Interpreter, string Abi, string Platform)
{
    public override string ToString() => $"{Interpreter}-{Abi}-{Platform}";
}
