export default { printWidth: 115 };
