namespace Resolver.Archives.Containers;

/// <summary>What the directory of a zip says of an entry, and the framework does not tell.</summary>
/// <param name="Method">How it is compressed (APPNOTE 4.4.5).</param>
/// <param name="Header">Where its local header begins.</param>
internal readonly record struct ZipMember(ushort Method, long Header);
