namespace Resolver.Resolution.Universes;

internal static class UniverseBinary
{
    public static ReadOnlySpan<byte> Magic => "RUV1"u8;

    public static OrdinalUniverse Read(Stream stream, string source) => throw new NotImplementedException();

    public static void Write(OrdinalUniverse universe, Stream stream) => throw new NotImplementedException();
}
